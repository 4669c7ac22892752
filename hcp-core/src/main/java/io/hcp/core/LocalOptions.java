package io.hcp.core;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.hcp.api.error.InvalidSpecException;
import io.hcp.api.error.Problem;
import io.hcp.api.model.Component;
import io.hcp.api.progress.HcpListener;
import io.hcp.core.internal.component.ResolverSettings;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** How {@link HostedControlPlanes#local(java.util.function.Consumer)} works. Not thread-safe. */
public final class LocalOptions {
    private final Path home;
    private Optional<Path> dataDirectory = Optional.empty();
    private boolean ephemeral;
    private ResolverSettings programs;
    private HcpListener listener = HcpListener.NONE;

    LocalOptions(Map<String, String> environment, Path home) {
        this.home = home;
        this.programs = ResolverSettings.defaults(environment, home);
    }

    /** A user without an entry in the system's table, as in many containers, has {@code user.home} "?". */
    static Path home(String userHome, Map<String, String> environment) {
        return Stream.of(userHome, environment.getOrDefault("HOME", ""))
                .map(Path::of)
                .filter(Path::isAbsolute)
                .findFirst()
                .orElseThrow(() -> new InvalidSpecException(
                        Problem.of("HomeUnknown", "user.home", userHome, "set HOME to an absolute path")));
    }

    /**
     * Sets where tenants are kept. Each tenant is locked for itself: several processes may use one directory at the same
     * time for different tenants.
     *
     * @param directory default {@code ~/.hcp}, or below {@code HOME} if the system does not know this user's home; made when needed, for its owner alone
     * @return these options
     */
    @CanIgnoreReturnValue
    public LocalOptions dataDirectory(Path directory) {
        dataDirectory = Optional.of(directory.toAbsolutePath().normalize());
        return this;
    }

    /**
     * Makes tenants end with this process, even if it is killed, and leave nothing: they are kept in a temporary
     * directory of their own. Meant for tests. Without it tenants run on after {@link HostedControlPlanes#close}.
     *
     * @return these options
     */
    @CanIgnoreReturnValue
    public LocalOptions ephemeral() {
        ephemeral = true;
        return this;
    }

    /**
     * Names the program of a component, instead of letting it be looked for. Its version must be the wanted one.
     *
     * @param component which one
     * @param file an executable file
     * @return these options
     */
    @CanIgnoreReturnValue
    public LocalOptions binary(Component component, Path file) {
        programs = programs.withExplicitPath(component.binaryName(), file.toAbsolutePath());
        return this;
    }

    /**
     * Sets where downloaded and built programs are kept.
     *
     * @param directory default {@code $XDG_CACHE_HOME/hcp}, or {@code ~/.cache/hcp}
     * @return these options
     */
    @CanIgnoreReturnValue
    public LocalOptions cacheDirectory(Path directory) {
        programs = programs.withCacheDirectory(directory.toAbsolutePath());
        return this;
    }

    /**
     * Sets where official releases are downloaded from, for example a mirror. Published digests are taken from the same
     * place, so it must be reached by https, or be on this machine.
     *
     * @param kubernetes default {@code https://dl.k8s.io/release}
     * @param etcd default {@code https://github.com/etcd-io/etcd/releases/download}
     * @return these options
     */
    @CanIgnoreReturnValue
    public LocalOptions downloads(URI kubernetes, URI etcd) {
        programs = programs.withKubernetesDownloads(kubernetes).withEtcdDownloads(etcd);
        return this;
    }

    /**
     * Sets who hears what is going on.
     *
     * @param listener default: nobody
     * @return these options
     */
    @CanIgnoreReturnValue
    public LocalOptions listener(HcpListener listener) {
        this.listener = listener;
        return this;
    }

    boolean isEphemeral() {
        return ephemeral;
    }

    HcpListener listener() {
        return listener;
    }

    ResolverSettings programs() {
        return programs;
    }

    /** {@return where tenants are kept; empty if in a temporary directory} */
    Optional<Path> dataDirectory() {
        if (ephemeral && dataDirectory.isPresent()) {
            throw new InvalidSpecException(Problem.of(
                    "OptionsExclusive",
                    "dataDirectory",
                    dataDirectory.get(),
                    "leave out dataDirectory(...), or ephemeral(), which removes everything at the end"));
        }
        return ephemeral ? Optional.empty() : Optional.of(dataDirectory.orElse(home.resolve(".hcp")));
    }
}
