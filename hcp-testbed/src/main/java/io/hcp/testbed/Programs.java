package io.hcp.testbed;

import io.hcp.core.internal.component.ComponentResolver;
import io.hcp.core.internal.component.Program;
import io.hcp.core.internal.component.ResolverSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/** Finds, downloads or builds the programs that tests use besides those that tenants run. */
public final class Programs {
    /** The Kubernetes release that tests run. */
    public static final String KUBERNETES_VERSION = "1.36.3";

    private Programs() {}

    /**
     * Provides a program of {@link #KUBERNETES_VERSION}.
     *
     * @param name for example {@code kubectl}
     * @return an executable file
     */
    public static Path kubernetes(String name) {
        return provide(new Program(name, KUBERNETES_VERSION));
    }

    /**
     * Provides the etcd that goes with {@link #KUBERNETES_VERSION}.
     *
     * @return an executable file
     */
    public static Path etcd() {
        return provide(new Program("etcd", "3.6.16"));
    }

    private static Path provide(Program program) {
        ResolverSettings settings =
                ResolverSettings.defaults(System.getenv(), Path.of(System.getProperty("user.home")));
        return Objects.requireNonNull(
                new ComponentResolver(settings).resolve(List.of(program)).get(program));
    }
}
