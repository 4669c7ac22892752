package io.hcp.testbed;

import io.hcp.core.internal.component.ComponentResolver;
import io.hcp.core.internal.component.Program;
import io.hcp.core.internal.component.ResolverSettings;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Finds, downloads or builds the programs that tests use besides those that tenants run. */
public final class Programs {
    /** The Kubernetes release that tests run. */
    public static final String KUBERNETES_VERSION = "1.36.3";

    private static final String ETCD_VERSION = "3.6.16";
    private static final String COREDNS_VERSION = "1.14.7";
    private static final String METALLB_VERSION = "0.16.1";

    private Programs() {}

    /**
     * Provides a program of {@link #KUBERNETES_VERSION}, or the etcd, CoreDNS or MetalLB that goes with it.
     *
     * @param name for example {@code kubectl}
     * @return an executable file
     */
    public static Path provide(String name) {
        Program program = new Program(name, version(name));
        return Objects.requireNonNull(
                new ComponentResolver(settings()).resolve(List.of(program)).get(program));
    }

    /**
     * Provides programs of any release.
     *
     * @param programs which ones
     * @return an executable file for each
     */
    public static Map<Program, Path> provide(List<Program> programs) {
        return new ComponentResolver(settings()).resolve(programs);
    }

    /**
     * Tells in which version a program is provided.
     *
     * @param name for example {@code etcd}
     * @return without a leading {@code v}
     */
    public static String version(String name) {
        return switch (name) {
            case "etcd" -> ETCD_VERSION;
            case "coredns" -> COREDNS_VERSION;
            case "metallb-controller", "metallb-speaker" -> METALLB_VERSION;
            default -> KUBERNETES_VERSION;
        };
    }

    /**
     * Tells whether a program is at hand without a download or a build.
     *
     * @param name for example {@code kubeadm}
     * @return true if it is in the cache
     */
    public static boolean isCached(String name) {
        return isCached(new Program(name, version(name)));
    }

    /**
     * Tells whether a program is at hand without a download or a build.
     *
     * @param program of any release
     * @return true if it is in the cache
     */
    public static boolean isCached(Program program) {
        Path components = settings().cacheDirectory().resolve("components");
        String pattern = program.name() + "-" + program.version() + "-*";
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(components, pattern)) {
            return entries.iterator().hasNext();
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * Returns the directory where programs, and what is made of them, are kept between runs.
     *
     * @return an absolute path
     */
    public static Path cache() {
        return settings().cacheDirectory();
    }

    private static ResolverSettings settings() {
        return ResolverSettings.defaults(System.getenv(), Path.of(System.getProperty("user.home")));
    }
}
