package io.hcp.core.internal.component;

import io.hcp.api.error.ErrorKind;
import io.hcp.api.error.HcpException;
import io.hcp.pki.PrivateFiles;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;

/**
 * Finds the programs of a control plane, or makes them: files that the user named, then installed programs, the cache,
 * official downloads, and a build with Go. Thread-safe; several instances, also in several processes, share one cache.
 */
public final class ComponentResolver {
    private final ResolverSettings settings;

    /**
     * Makes a resolver; nothing is looked for yet.
     *
     * @param settings where to look
     */
    public ComponentResolver(ResolverSettings settings) {
        this.settings = settings;
    }

    /**
     * Finds programs. Blocks, for minutes if they must be downloaded or built. When interrupted, it ends the processes
     * it started and keeps what was downloaded for the next time.
     *
     * @param programs what is needed
     * @return an executable file for each, in the order asked for
     * @throws HcpException {@link ErrorKind#COMPONENT_UNAVAILABLE} if one is not to be had or a download does not have
     *     the published digest, {@link ErrorKind#COMPONENT_VERSION} if a file named by the user has the wrong version,
     *     {@link ErrorKind#CANCELLED} if the thread was interrupted (it still is), {@link ErrorKind#DISK_FULL} or
     *     {@link ErrorKind#IO} if the cache cannot be written
     */
    public Map<Program, Path> resolve(Collection<Program> programs) {
        try {
            return new Resolution(settings, programs).run();
        } catch (InterruptedException | ClosedByInterruptException e) {
            Thread.currentThread().interrupt();
            throw new HcpException(
                    ErrorKind.CANCELLED,
                    "providing " + names(programs) + " was interrupted",
                    "call again; what was downloaded so far is kept",
                    e);
        } catch (IOException e) {
            throw PrivateFiles.failure("provide " + names(programs) + " in", settings.cacheDirectory(), e);
        }
    }

    private static String names(Collection<Program> programs) {
        return String.join(", ", programs.stream().map(Program::toString).toList());
    }
}
