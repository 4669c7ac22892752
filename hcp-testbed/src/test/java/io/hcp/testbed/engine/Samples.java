package io.hcp.testbed.engine;

import io.hcp.api.error.HcpException;
import io.hcp.api.model.TenantControlPlane;
import io.hcp.api.plan.Plan;
import io.hcp.api.plan.PlanStep;
import io.hcp.api.progress.HcpListener;
import io.hcp.core.HostedControlPlanes;
import io.hcp.testbed.fake.FakeMachine;
import io.hcp.testbed.fake.FakeWorld;
import io.hcp.testbed.fake.InMemoryControlPlanes;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** The tenant of these tests, and how it is worked with. */
final class Samples {
    static final String NAME = "acme";

    /** Far more than anything takes; nothing waits for so long unless it hangs. */
    static final Duration SOON = Duration.ofSeconds(30);

    /** With an encryption key, so that there is something of everything. */
    static final TenantControlPlane ACME = TenantControlPlane.builder()
            .name(NAME)
            .kubernetesVersion("1.36.3")
            .kubernetes(kubernetes -> kubernetes.encryptionAtRest(encryption -> encryption.addResources("secrets")))
            .build();

    /** Restarts the controller manager. */
    static final TenantControlPlane LOUDER =
            ACME.withControlPlane(plane -> plane.controllerManager(manager -> manager.putExtraArg("v", "4")));

    /** Issues a certificate again, makes another key, and restarts the API server and those that depend on it. */
    static final TenantControlPlane NEWER = ACME.withKubernetesVersion("1.37.2")
            .withNetworkProfile(network -> network.addCertSan("api.example"))
            .withKubernetes(kubernetes ->
                    kubernetes.encryptionAtRest(encryption -> encryption.addResources("secrets", "configmaps")));

    private Samples() {}

    static TenantControlPlane named(String name) {
        return ACME.withName(name);
    }

    static HostedControlPlanes open(FakeMachine machine) {
        return InMemoryControlPlanes.open(machine, HcpListener.NONE);
    }

    /** Does something as another JVM, which lets go of everything afterwards. */
    static void elsewhere(FakeWorld world, Consumer<HostedControlPlanes> work) {
        try (HostedControlPlanes other = InMemoryControlPlanes.open(world)) {
            work.accept(other);
        }
    }

    static void create(FakeWorld world, TenantControlPlane described) {
        elsewhere(world, other -> other.apply(described).awaitReady(SOON));
    }

    static List<String> steps(Plan plan) {
        return plan.steps().stream().map(PlanStep::id).toList();
    }

    static HcpException failure(ThrowingCallable call) {
        try {
            call.call();
        } catch (HcpException e) {
            return e;
        } catch (Throwable e) {
            throw new AssertionError("it failed otherwise", e);
        }
        throw new AssertionError("it did not fail");
    }
}
