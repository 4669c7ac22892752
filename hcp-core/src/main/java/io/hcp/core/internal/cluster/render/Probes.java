package io.hcp.core.internal.cluster.render;

import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Lifecycle;
import io.fabric8.kubernetes.api.model.LifecycleBuilder;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.ProbeBuilder;
import io.hcp.api.model.Component;
import io.hcp.core.internal.blueprint.HealthCheck;
import java.time.Duration;

/**
 * How the kubelet watches over containers.
 *
 * <p>A start is looked at every second, for as long as the description allows. The kubelet asks for readiness at once when a
 * start is over, so a pod is ready within a second of its API server. From then on each look costs a TLS handshake: readiness
 * is asked for every 2 s, which takes an API server that hangs out of rotation within 6 s at the latest, and whether a
 * container has to be killed every 10 s, with patience: a kill helps only against a deadlock. One that has not answered for
 * {@link #LIVENESS_FAILURES} looks has no requests to finish either, and gets a short time to end, so that a replica that
 * hangs is replaced within two minutes.
 *
 * <p>An API server that has begun is not killed because etcd does not answer: it goes out of rotation by its readiness, and
 * is back as soon as etcd is; killed, it would have to begin anew, and all its clients with it.
 *
 * <p>Controller manager and scheduler have no readiness, since they would take the API server of their pod with them: who of
 * the replicas works is decided by a Lease. Their health does not ask the API server. One that led and could not renew its
 * Lease ends by itself, as these programs do; one that waits for its turn stays as it is.
 */
final class Probes {
    /** How long kube-proxies are given before the API server itself is told to end. */
    static final Duration LEAVING = Duration.ofSeconds(5);

    /**
     * The time for {@link #LEAVING}, the API server's own 10 s of delay, the requests it has, which may take 60 s by its
     * default, and something over.
     */
    static final long ENDING_SECONDS = 90;

    /** Time for a member of etcd to hand its leadership over and to write what it has. */
    static final long ETCD_ENDING_SECONDS = 30;

    private static final int STARTUP_PERIOD = 1;
    private static final int READINESS_PERIOD = 2;
    private static final int READINESS_FAILURES = 2;
    private static final int LIVENESS_PERIOD = 10;
    private static final int LIVENESS_FAILURES = 6;
    private static final long HUNG_ENDING_SECONDS = 15;

    /** Shorter than a look at what lives: one that hangs is asked again. */
    private static final int STARTUP_WAIT = 5;

    /** A machine that is short of everything answers late. */
    private static final int TIMEOUT = 10;

    /** What an API server cannot help: a query of its {@code /livez}. */
    private static final String NOT_ETCD = "?exclude=etcd";

    private Probes() {}

    static void add(ContainerBuilder container, Component component, HealthCheck health, Duration startup) {
        Scheme scheme = component == Component.ETCD ? Scheme.HTTP : Scheme.HTTPS;
        switch (component) {
            case KUBE_APISERVER ->
                container
                        .withStartupProbe(startup(scheme, health, health.ready(), startup))
                        .withReadinessProbe(readiness(scheme, health))
                        .withLivenessProbe(liveness(scheme, health, health.started() + NOT_ETCD))
                        .withLifecycle(leaving());
            // Alive without a quorum: a restart would not bring the others back.
            case ETCD ->
                container
                        .withStartupProbe(startup(scheme, health, "/livez", startup))
                        .withReadinessProbe(readiness(scheme, health))
                        .withLivenessProbe(liveness(scheme, health, "/livez"));
            case KUBE_CONTROLLER_MANAGER, KUBE_SCHEDULER ->
                container
                        .withStartupProbe(startup(scheme, health, health.started(), startup))
                        .withLivenessProbe(liveness(scheme, health, health.started()));
        }
    }

    private enum Scheme {
        HTTP,
        HTTPS
    }

    private static Probe startup(Scheme scheme, HealthCheck health, String path, Duration budget) {
        return probe(scheme, health, path, STARTUP_PERIOD)
                .withFailureThreshold((int) budget.toSeconds() / STARTUP_PERIOD)
                .withTimeoutSeconds(STARTUP_WAIT)
                .build();
    }

    private static Probe readiness(Scheme scheme, HealthCheck health) {
        return probe(scheme, health, health.ready(), READINESS_PERIOD)
                .withFailureThreshold(READINESS_FAILURES)
                .withTimeoutSeconds(READINESS_PERIOD)
                .build();
    }

    private static Probe liveness(Scheme scheme, HealthCheck health, String path) {
        return probe(scheme, health, path, LIVENESS_PERIOD)
                .withFailureThreshold(LIVENESS_FAILURES)
                .withTimeoutSeconds(TIMEOUT)
                .withTerminationGracePeriodSeconds(HUNG_ENDING_SECONDS)
                .build();
    }

    private static ProbeBuilder probe(Scheme scheme, HealthCheck health, String path, int period) {
        return new ProbeBuilder()
                .withNewHttpGet()
                .withScheme(scheme.name())
                .withPath(path)
                .withPort(new IntOrString(health.port()))
                .endHttpGet()
                .withPeriodSeconds(period);
    }

    /** The kubelet sleeps itself: the images have no shell. */
    private static Lifecycle leaving() {
        return new LifecycleBuilder()
                .withNewPreStop()
                .withNewSleep()
                .withSeconds(LEAVING.toSeconds())
                .endSleep()
                .endPreStop()
                .build();
    }
}
