package io.hcp.testbed.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hcp.api.error.HcpException;
import io.hcp.api.model.TenantControlPlane;
import io.hcp.core.HostedControlPlanes;
import io.hcp.core.internal.cluster.ClusterBackend;
import io.hcp.core.internal.cluster.form.Kind;
import io.hcp.core.internal.cluster.gateway.Pods;
import io.hcp.core.internal.cluster.gateway.UnderCluster;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import org.junit.jupiter.api.Test;

/** Certificates are renewed in time, a tenant's at once, and nobody says so before every program shows its new one. */
class PodsRenewalTest extends MaintainedPods {
    private static final Duration LIFE = Duration.ofHours(2);
    private static final TenantControlPlane SHORT = ACME.withPki(pki -> pki.leafValidity(LIFE));
    private static final List<String> PROGRAMS =
            List.of("acme-apiserver", "acme-controller-manager", "acme-scheduler", "acme-etcd-0");

    private static <T> T instead(
            Class<T> type, T of, String method, java.util.function.Function<Object[], Object> with) {
        return type.cast(Proxy.newProxyInstance(
                PodsRenewalTest.class.getClassLoader(), new Class<?>[] {type}, (self, called, arguments) -> {
                    if (called.getName().equals(method)) {
                        return with.apply(arguments);
                    }
                    try {
                        return called.invoke(of, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause() == null ? e : e.getCause();
                    }
                }));
    }

    /** A way to the cluster in whose pods some programs still show what they showed before. */
    private HostedControlPlanes late(BiPredicate<String, Integer> shows) {
        UnderCluster cluster = world.open();
        Pods pods = instead(
                Pods.class,
                cluster.pods(),
                "shown",
                arguments -> shows.test((String) arguments[0], (Integer) arguments[1])
                        ? cluster.pods().shown((String) arguments[0], (Integer) arguments[1])
                        : Optional.of("abc"));
        return HostedControlPlanes.on(new ClusterBackend(
                instead(UnderCluster.class, cluster, "pods", arguments -> pods), world.time(), new Random(1)));
    }

    private Map<String, Object> secrets() {
        Map<String, Object> all = new TreeMap<>();
        PROGRAMS.forEach(
                name -> all.put(name, object("Secret " + name).orElseThrow().object("data")));
        return all;
    }

    private List<String> pods() {
        return world.objects().values().stream()
                .filter(object -> object.kind().equals(Kind.POD))
                .map(pod -> pod.uid().orElseThrow())
                .sorted()
                .toList();
    }

    private void makeTenant() {
        try (HostedControlPlanes hcp = late((pod, port) -> true)) {
            hcp.apply(SHORT).awaitReady(LIMIT);
        }
    }

    @Test
    void maintained_leavesThatLiveForHours_areRenewedAllAtOnceBeforeTheirEnd() {
        makeTenant();
        List<String> running = pods();
        Map<String, Object> before = secrets();
        Instance one = maintained();
        pass(LIFE.multipliedBy(6).dividedBy(10));
        assertThat(secrets()).isEqualTo(before);
        one.done.clear();
        pass(LIFE.multipliedBy(1).dividedBy(10));
        assertThat(secrets()).allSatisfy((name, files) -> assertThat(files).isNotEqualTo(before.get(name)));
        assertThat(one.done).containsExactly("acme DONE");
        assertThat(pods()).isEqualTo(running);
        assertThat(phase("acme")).isEqualTo("Ready");
    }

    @Test
    void reconcile_oneProgramIsLate_isWaitedForAndNamed() {
        makeTenant();
        world.time().advance(LIFE.multipliedBy(7).dividedBy(10));
        long brought = world.time().nanoTime() + Duration.ofSeconds(70).toNanos();
        try (HostedControlPlanes hcp =
                late((pod, port) -> port != 10259 || world.time().nanoTime() > brought)) {
            assertThat(hcp.reconcile("acme").await(LIMIT).report().steps())
                    .anySatisfy(step -> assertThat(step.evidence()).contains("3 pods show their certificates"));
        }
        assertThat(world.time().nanoTime()).isGreaterThan(brought);
    }

    @Test
    void reconcile_oneProgramStaysAsItWas_failsWithThePodThePortAndTheRemedy() {
        makeTenant();
        world.time().advance(LIFE.multipliedBy(7).dividedBy(10));
        try (HostedControlPlanes hcp = late((pod, port) -> port != 2380)) {
            assertThatThrownBy(() -> hcp.reconcile("acme").await(LIMIT))
                    .isInstanceOf(HcpException.class)
                    .hasMessageContaining(
                            "pod acme-etcd-0 did not show its new certificate etcd/peer-0 on port 2380 within PT10M")
                    .hasMessageContaining("see whether its kubelet works");
        }
        assertThat(object("TenantControlPlane acme").orElseThrow().tree().toString())
                .contains("pod acme-etcd-0 did not show its new certificate");
    }
}
