package io.hcp.core.internal.component;

import io.hcp.api.error.ErrorKind;
import io.hcp.api.error.HcpException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** Files that the user named. A wrong one is an error, never a reason to take another. */
final class ExplicitSource implements Source.OneByOne {
    private final ResolverSettings settings;
    private final VersionProbe probe;

    ExplicitSource(ResolverSettings settings, VersionProbe probe) {
        this.settings = settings;
        this.probe = probe;
    }

    @Override
    public String name() {
        return "named explicitly";
    }

    @Override
    public Finding find(Program program) throws IOException, InterruptedException {
        Path file = settings.explicitPaths().get(program.name());
        if (file == null) {
            return Finding.none("no");
        }
        Path absolute = file.toAbsolutePath();
        if (!Command.runnable(absolute)) {
            throw new HcpException(
                    ErrorKind.COMPONENT_UNAVAILABLE,
                    program + ": no executable file at " + absolute,
                    "correct the path given with binary(...), or leave it out to have the program found or made");
        }
        Optional<String> mismatch = probe.mismatch(absolute, program);
        if (mismatch.isPresent()) {
            throw new HcpException(
                    ErrorKind.COMPONENT_VERSION,
                    program.name() + ": " + absolute + " " + mismatch.get(),
                    "name " + program + " with binary(...), or leave it out to have the program found or made");
        }
        return Finding.of(absolute);
    }
}
