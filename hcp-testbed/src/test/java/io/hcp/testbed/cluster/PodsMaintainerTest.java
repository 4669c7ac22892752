package io.hcp.testbed.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.hcp.api.Condition;
import io.hcp.core.internal.cluster.form.ClusterObject;
import io.hcp.core.internal.cluster.form.Kind;
import io.hcp.core.internal.gateway.Lease;
import io.hcp.testbed.fake.FakeUnderCluster;
import java.time.Duration;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tenants that nobody of this library calls for: what others write is carried out, what they break is mended. */
@Timeout(120)
class PodsMaintainerTest extends MaintainedPods {
    @Test
    void maintain_descriptionWrittenByKubectl_isCarriedOutWithinSeconds() {
        Instance instance = maintained();
        pass(Duration.ofSeconds(2));
        world.applyAsOther(description("acme"));
        pass(Duration.ofSeconds(2));
        assertThat(instance.done).containsExactly("acme DONE");
        assertThat(phase("acme")).isEqualTo("Ready");
        assertThat(object("Deployment acme")).isPresent();
    }

    @Test
    void maintain_descriptionEdited_isCarriedOut() {
        maintained();
        world.applyAsOther(description("acme"));
        pass(Duration.ofSeconds(5));
        world.applyAsOther(description("acme").with("1.36.3", "spec", "kubernetes", "version"));
        pass(Duration.ofSeconds(5));
        assertThat(object("Deployment acme").orElseThrow().tree().toString()).contains("v1.36.3");
        assertThat(phase("acme")).isEqualTo("Ready");
    }

    @Test
    void maintain_objectsDestroyedOrEdited_areMended() {
        maintained();
        world.applyAsOther(description("acme"));
        pass(Duration.ofMinutes(2));
        world.destroy("PodDisruptionBudget acme");
        world.applyAsOther(
                ClusterObject.named(Kind.DEPLOYMENT, "tenants", "acme").with(true, "spec", "paused"));
        pass(Duration.ofSeconds(5));
        assertThat(object("PodDisruptionBudget acme")).isPresent();
        assertThat(object("Deployment acme").orElseThrow().object("spec")).containsEntry("paused", false);
    }

    @Test
    void maintain_deletedByKubectl_isRemoved() {
        maintained();
        world.applyAsOther(description("acme"));
        pass(Duration.ofSeconds(5));
        world.destroy("TenantControlPlane acme");
        assertThat(object("TenantControlPlane acme")).isPresent();
        pass(Duration.ofSeconds(5));
        assertThat(world.objects()).isEmpty();
    }

    /** What it has done itself is no news to it. */
    @Test
    void maintain_nothingHappens_asksForNothing() {
        Instance instance = maintained();
        IntStream.range(0, 5).forEach(i -> world.applyAsOther(description("t" + i)));
        pass(Duration.ofMinutes(3));
        assertThat(instance.done).hasSize(5).allMatch(done -> done.endsWith(" DONE"));
        int asked = instance.cluster.requests().size();
        world.time().advance(Duration.ofHours(1));
        pass(Duration.ofMinutes(2));
        assertThat(instance.cluster.requests()).hasSize(asked);
    }

    /** After half a day each is looked at all the same, and nothing is written. */
    @Test
    void maintain_halfADay_isOnePassOverEach() {
        Instance instance = maintained();
        IntStream.range(0, 5).forEach(i -> world.applyAsOther(description("t" + i)));
        pass(Duration.ofMinutes(3));
        IntStream.range(0, 5).forEach(i -> instance.hcp.reconcile("t" + i).await(LIMIT)); // notes the volumes
        int done = instance.done.size();
        long writes = instance.cluster.writes();
        world.time().advance(Duration.ofHours(12).plusMinutes(1));
        pass(Duration.ofSeconds(5));
        assertThat(instance.done).hasSize(done + 5);
        assertThat(instance.cluster.writes()).isEqualTo(writes);
    }

    @Test
    void maintain_paused_isLeftAloneUntilThen() {
        maintained();
        world.applyAsOther(description("acme"));
        pass(Duration.ofSeconds(5));
        String until = world.time().instant().plus(Duration.ofMinutes(10)).toString();
        world.applyAsOther(description("acme").with(until, "metadata", "annotations", "hcp.io/paused-until"));
        pass(Duration.ofSeconds(2));
        world.destroy("PodDisruptionBudget acme");
        pass(Duration.ofMinutes(9));
        assertThat(object("PodDisruptionBudget acme")).isEmpty();
        pass(Duration.ofMinutes(2));
        assertThat(object("PodDisruptionBudget acme")).isPresent();
    }

    @Test
    void maintain_descriptionThatIsRefused_isToldAndTriedLessAndLessOften() {
        Instance instance = maintained();
        world.applyAsOther(description("acme")
                .with(Map.of("no-such-flag", "x"), "spec", "controlPlane", "apiServer", "extraArgs"));
        pass(Duration.ofMinutes(30));
        assertThat(phase("acme")).isEqualTo("Blocked");
        // 0.5 to 1 s, 1 to 2, 2 to 4, ... and then at most every 2.5 minutes
        assertThat(instance.cluster.requests())
                .filteredOn("get TenantControlPlane"::equals)
                .hasSizeBetween(10, 60);
        world.applyAsOther(description("acme"));
        pass(Duration.ofSeconds(5));
        assertThat(phase("acme")).isEqualTo("Ready");
    }

    @Test
    void status_maintained_tellsWhetherSomebodyLooksAfterIt() {
        Instance instance = new Instance();
        instance.hcp.apply(ACME).awaitReady(LIMIT);
        assertThat(maintained(instance)).startsWith("FALSE NobodyLooksAfterIt no process maintains the tenants of");
        instance.start();
        assertThat(maintained(instance)).isEqualTo("TRUE LookedAfter by " + instance.cluster);
        instance.maintainer.close();
        assertThat(maintained(instance)).startsWith("FALSE");
    }

    private static String maintained(Instance instance) {
        return instance.hcp.get("acme").orElseThrow().status().conditions().stream()
                .filter(condition -> condition.type().equals(Condition.MAINTAINED))
                .map(condition -> condition.status() + " " + condition.reason() + " " + condition.message())
                .findFirst()
                .orElseThrow();
    }

    /** What would be waited for in vain is let go of as soon as the description is corrected. */
    @Test
    void maintain_descriptionEditedWhileItIsCarriedOut_isCarriedOutAtOnce() {
        Instance instance = maintained();
        world.breakPods(pod -> pod.tree().toString().contains("v1.35.4"));
        world.applyAsOther(description("acme"));
        long begun = world.time().nanoTime();
        instance.cluster.later(
                Duration.ofSeconds(30),
                () -> world.applyAsOther(description("acme").with("1.36.3", "spec", "kubernetes", "version")));
        pass(Duration.ofSeconds(60));
        assertThat(phase("acme")).isEqualTo("Ready");
        assertThat(instance.done).contains("acme CANCELLED", "acme DONE");
        assertThat(Duration.ofNanos(world.time().nanoTime() - begun)).isLessThan(Duration.ofMinutes(3));
    }

    /** The story of a tenant that is only ever written by others, as kubectl describe shows it. */
    @Test
    void maintain_story_isToldByEvents() {
        maintained();
        world.applyAsOther(description("acme"));
        pass(Duration.ofSeconds(30));
        assertThat(world.events()).containsExactly("Normal Serving every replica serves (1)");
        world.applyAsOther(description("acme")
                .with(Map.of("no-such-flag", "x"), "spec", "controlPlane", "apiServer", "extraArgs"));
        pass(Duration.ofMinutes(10));
        world.applyAsOther(description("acme"));
        pass(Duration.ofSeconds(30));
        assertThat(world.events())
                .hasSize(3)
                .satisfiesExactly(
                        first -> assertThat(first).isEqualTo("Normal Serving every replica serves (1)"),
                        refused -> assertThat(refused)
                                .startsWith("Warning InvalidSpec ")
                                .contains("no-such-flag", "Remedy: ")
                                .endsWith(" (1)"),
                        mended ->
                                assertThat(mended).isEqualTo("Normal AsDescribed what runs is what the spec says (1)"));
    }

    /** Somebody else may be at work with a tenant: it waits for its turn. */
    @Test
    void maintain_tenantHeldByAnother_isLookedAtAfterwards() {
        maintained();
        world.applyAsOther(description("acme"));
        pass(Duration.ofSeconds(5));
        FakeUnderCluster other = world.open();
        Lease lease = other.acquire("acme");
        world.destroy("PodDisruptionBudget acme");
        pass(Duration.ofSeconds(10));
        assertThat(object("PodDisruptionBudget acme")).isEmpty();
        lease.close();
        pass(Duration.ofMinutes(1));
        assertThat(object("PodDisruptionBudget acme")).isPresent();
    }

    /** The under cluster's range for Services is the tenant's, too: both have the same default. */
    @Test
    void maintain_addressAmongTheTenantsOwnServices_isMendedAllTheSame() {
        maintained();
        world.applyAsOther(description("acme").with("ClusterIP", "spec", "networkProfile", "exposure"));
        pass(Duration.ofMinutes(2));
        assertThat(object("TenantControlPlane acme")
                        .flatMap(own -> own.text("spec", "networkProfile", "address"))
                        .orElse(""))
                .startsWith("10.96.");
        world.destroy("PodDisruptionBudget acme");
        pass(Duration.ofSeconds(5));
        assertThat(object("PodDisruptionBudget acme")).isPresent();
        assertThat(phase("acme")).isEqualTo("Ready");
    }
}
