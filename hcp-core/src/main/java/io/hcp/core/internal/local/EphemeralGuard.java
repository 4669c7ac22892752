package io.hcp.core.internal.local;

import io.hcp.core.internal.time.Time;
import io.hcp.pki.PrivateFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Sees to it that nothing is left of tenants that are meant to end with this JVM, however it ends: a shell that waits
 * for the end of its input, which the kernel closes with the JVM, then kills the marked processes and removes the data
 * directory.
 */
final class EphemeralGuard implements AutoCloseable {
    private static final String VARIABLE = "HCP_EPHEMERAL";

    /** Looks again after a kill, and once more for what was being started at the moment the JVM ended. */
    private static final String SCRIPT = """
            cat > /dev/null
            quiet=0
            while [ "$quiet" -lt 2 ]; do
              quiet=$((quiet + 1))
              for file in $(grep --files-with-matches --null-data --line-regexp --fixed-strings -- "$1" \
                  /proc/[0-9]*/environ 2> /dev/null); do
                pid=${file#/proc/}
                kill -KILL "${pid%/environ}" 2> /dev/null && quiet=0
              done
              sleep 0.1
            done
            rm -rf -- "$2"
            """;

    private final String owner = UUID.randomUUID().toString();
    private final Process shell;

    EphemeralGuard(Path dataDirectory) {
        List<String> command =
                List.of("setsid", "sh", "-c", SCRIPT, "hcp-guard", VARIABLE + "=" + owner, dataDirectory.toString());
        try {
            this.shell = new ProcessBuilder(command)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            throw PrivateFiles.failure("start the guard of", dataDirectory, e);
        }
    }

    /** {@return the environment variable by which the guard knows its processes} */
    Map<String, String> mark() {
        return Map.of(VARIABLE, owner);
    }

    /** Ends the marked processes and removes the data directory. Blocks until that is done. */
    @Override
    public void close() {
        try {
            shell.getOutputStream().close();
            shell.waitFor();
        } catch (IOException e) {
            shell.destroy(); // its input is gone, and so it has ended or will
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Time.cancelled();
        }
    }
}
