package io.hcp.core.internal.component;

import io.hcp.api.error.InvalidSpecException;
import io.hcp.api.error.Problem;
import io.hcp.api.progress.HcpListener;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Where a {@link ComponentResolver} looks and how long it tries. Immutable.
 *
 * @param explicitPaths files named by the user, by program name; nothing else is tried for these programs
 * @param environment the environment variables that count: PATH, KUBEBUILDER_ASSETS, and all that {@code go} reads
 * @param cacheDirectory where programs are kept between runs, for all processes of the user
 * @param kubernetesDownloads the base address of Kubernetes releases; https, or http on this machine
 * @param etcdDownloads the base address of etcd releases; https, or http on this machine
 * @param limits how long things may take
 * @param listener hears what is being downloaded or built
 * @param clock paces the calls of the listener
 */
public record ResolverSettings(
        Map<String, Path> explicitPaths,
        Map<String, String> environment,
        Path cacheDirectory,
        URI kubernetesDownloads,
        URI etcdDownloads,
        ResolverLimits limits,
        HcpListener listener,
        Clock clock) {
    private static final URI KUBERNETES = URI.create("https://dl.k8s.io/release");
    private static final URI ETCD = URI.create("https://github.com/etcd-io/etcd/releases/download");
    private static final Pattern LOOPBACK = Pattern.compile("localhost|127(\\.\\d{1,3}){3}|\\[::1]");

    /**
     * Copies the maps and checks the addresses.
     *
     * @throws InvalidSpecException if a base address is neither https nor http on this machine: the digest comes from
     *     the same server, so over plain http it proves nothing
     */
    public ResolverSettings {
        explicitPaths = Map.copyOf(explicitPaths);
        environment = Map.copyOf(environment);
        cacheDirectory = cacheDirectory.toAbsolutePath().normalize();
        requireSafe("kubernetesDownloads", kubernetesDownloads);
        requireSafe("etcdDownloads", etcdDownloads);
    }

    /**
     * Returns the usual settings: official downloads, and a cache in {@code $XDG_CACHE_HOME/hcp} or
     * {@code ~/.cache/hcp}.
     *
     * @param environment the environment variables
     * @param home the user's home directory
     * @return settings without explicit paths and with a listener that hears nothing
     */
    public static ResolverSettings defaults(Map<String, String> environment, Path home) {
        String xdg = environment.getOrDefault("XDG_CACHE_HOME", "");
        // The XDG specification: a relative path is invalid and to be ignored.
        Path caches = xdg.startsWith("/") ? Path.of(xdg) : home.resolve(".cache");
        return new ResolverSettings(
                Map.of(),
                environment,
                caches.resolve("hcp"),
                KUBERNETES,
                ETCD,
                ResolverLimits.DEFAULT,
                HcpListener.NONE,
                Clock.systemUTC());
    }

    /**
     * Returns a copy in which one more program is named explicitly.
     *
     * @param program the program's name
     * @param file its file
     * @return the copy
     */
    public ResolverSettings withExplicitPath(String program, Path file) {
        Map<String, Path> paths = new HashMap<>(explicitPaths);
        paths.put(program, file);
        return withExplicitPaths(paths);
    }

    /**
     * Returns a copy with other explicit files.
     *
     * @param paths all files, by program name
     * @return the copy
     */
    public ResolverSettings withExplicitPaths(Map<String, Path> paths) {
        return new ResolverSettings(
                paths, environment, cacheDirectory, kubernetesDownloads, etcdDownloads, limits, listener, clock);
    }

    /**
     * Returns a copy with another cache.
     *
     * @param directory where programs are kept
     * @return the copy
     */
    public ResolverSettings withCacheDirectory(Path directory) {
        return new ResolverSettings(
                explicitPaths, environment, directory, kubernetesDownloads, etcdDownloads, limits, listener, clock);
    }

    /**
     * Returns a copy with another source of Kubernetes releases.
     *
     * @param base the base address; https, or http on this machine
     * @return the copy
     */
    public ResolverSettings withKubernetesDownloads(URI base) {
        return new ResolverSettings(
                explicitPaths, environment, cacheDirectory, base, etcdDownloads, limits, listener, clock);
    }

    /**
     * Returns a copy with another source of etcd releases.
     *
     * @param base the base address; https, or http on this machine
     * @return the copy
     */
    public ResolverSettings withEtcdDownloads(URI base) {
        return new ResolverSettings(
                explicitPaths, environment, cacheDirectory, kubernetesDownloads, base, limits, listener, clock);
    }

    /**
     * Returns a copy with other limits.
     *
     * @param other how long things may take
     * @return the copy
     */
    public ResolverSettings withLimits(ResolverLimits other) {
        return new ResolverSettings(
                explicitPaths, environment, cacheDirectory, kubernetesDownloads, etcdDownloads, other, listener, clock);
    }

    /**
     * Returns a copy with another listener.
     *
     * @param other hears what is being downloaded or built
     * @return the copy
     */
    public ResolverSettings withListener(HcpListener other) {
        return new ResolverSettings(
                explicitPaths, environment, cacheDirectory, kubernetesDownloads, etcdDownloads, limits, other, clock);
    }

    /**
     * Returns a copy with another clock.
     *
     * @param other paces the calls of the listener
     * @return the copy
     */
    public ResolverSettings withClock(Clock other) {
        return new ResolverSettings(
                explicitPaths,
                environment,
                cacheDirectory,
                kubernetesDownloads,
                etcdDownloads,
                limits,
                listener,
                other);
    }

    private static void requireSafe(String name, URI base) {
        String scheme = String.valueOf(base.getScheme()).toLowerCase(Locale.ROOT);
        String host = String.valueOf(base.getHost()).toLowerCase(Locale.ROOT);
        boolean safe = base.getHost() != null
                && (scheme.equals("https")
                        || (scheme.equals("http") && LOOPBACK.matcher(host).matches()));
        if (!safe || base.getRawUserInfo() != null || base.getRawQuery() != null) {
            // Only scheme and host are shown: the rest may hold a password.
            throw new InvalidSpecException(Problem.of(
                    "DownloadAddressUnsafe",
                    name,
                    scheme + "://" + host,
                    "give an https address without user name and query, or http on this machine"));
        }
    }
}
