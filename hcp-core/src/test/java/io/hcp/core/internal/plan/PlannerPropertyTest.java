package io.hcp.core.internal.plan;

import static io.hcp.core.internal.plan.TenantModel.ACME;
import static org.assertj.core.api.Assertions.assertThat;

import io.hcp.api.error.ErrorKind;
import io.hcp.api.model.Component;
import io.hcp.api.model.DeletionPolicy;
import io.hcp.api.model.TenantControlPlane;
import io.hcp.api.plan.Obstacle;
import io.hcp.api.plan.PlanKind;
import io.hcp.core.fixture.Seeds;
import io.hcp.core.fixture.Seeds.Seeded;
import io.hcp.core.internal.blueprint.EncryptionState;
import io.hcp.core.internal.spec.TenantRecord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What holds for every plan, whatever was found. */
class PlannerPropertyTest {
    private static final int CASES = 2_000;
    private static final Map<Component, Component> SERVER_OF = Map.of(
            Component.KUBE_APISERVER, Component.ETCD,
            Component.KUBE_CONTROLLER_MANAGER, Component.KUBE_APISERVER,
            Component.KUBE_SCHEDULER, Component.KUBE_APISERVER);
    private static final EncryptionState SECRETS = new EncryptionState(List.of("secretbox-1"), List.of("secrets"));
    private static final List<TenantControlPlane> WANTED = List.of(
            ACME,
            ACME.withNetworkProfile(n -> n.port(6443)),
            ACME.withKubernetes(k -> k.encryptionAtRest(e -> {})),
            ACME.withKubernetesVersion("1.36.4")
                    .withNetworkProfile(n -> n.port(7443).addCertSan("api.acme.example")));

    private final Seeded seed = Seeds.print(PlannerPropertyTest.class);

    @Test
    void apply_anything_isOrderedAndConverges() {
        for (int number = 0; number < CASES; number++) {
            TenantModel model = anything();
            makePlannable(model);
            TenantControlPlane wanted = seed.oneOf(WANTED);
            String situation = seed + " case " + number + ": " + wanted + " on " + model.observed();

            PlannedWork planned = model.planned(PlanKind.APPLY, wanted);
            assertThat(planned.plan().obstacles()).as(situation).isEmpty();
            List<Work> works = planned.works();
            assertOrdered(works, situation);
            assertStoppedIsStarted(works, situation);
            model.carryOut(wanted, works);

            assertThat(model.works(wanted)).as(situation).isEmpty();
            assertThat(model.running.values())
                    .as(situation)
                    .hasSize(Component.values().length)
                    .allMatch(digests -> digests.size() == 1);
        }
    }

    @Test
    void delete_anything_isOrderedAndLeavesNothing() {
        for (int number = 0; number < CASES; number++) {
            TenantModel model = anything();
            String situation = seed + " case " + number + ": delete " + model.observed();

            List<Work> works = model.plannedDelete().works();
            assertOrdered(works, situation);
            model.carryOut(ACME, works);

            assertThat(model.observed())
                    .as(situation)
                    .isEqualTo(new Observed(
                            Optional.empty(),
                            false,
                            List.of(),
                            List.of(),
                            false,
                            Map.of(),
                            model.usableBytes,
                            false,
                            Map.of()));
        }
    }

    @Test
    void apply_interruptedAnywhere_convergesToo() {
        for (int number = 0; number < CASES; number++) {
            TenantModel model = anything();
            makePlannable(model);
            TenantControlPlane wanted = seed.oneOf(WANTED);
            List<Work> works = model.works(wanted);
            if (!works.isEmpty()) {
                int done = seed.random().nextInt(works.size());
                model.carryOut(wanted, works.subList(0, done));
                String situation = seed + " case " + number + ": interrupted after " + done + " of " + works;

                finishDeletion(model, wanted, situation);
                model.carryOut(wanted, model.works(wanted));
                assertThat(model.works(wanted)).as(situation).isEmpty();
                assertThat(model.plan(wanted).obstacles()).as(situation).isEmpty();
            }
        }
    }

    /** What came back and is still marked as deleted is put aside once more, as the obstacle says. */
    private static void finishDeletion(TenantModel model, TenantControlPlane wanted, String situation) {
        if (model.record.map(TenantRecord::deleting).orElse(false)) {
            assertThat(model.plan(wanted).obstacles())
                    .as(situation)
                    .extracting(Obstacle::kind)
                    .containsExactly(ErrorKind.DELETING);
            model.carryOut(wanted, model.plannedDelete().works());
        }
    }

    /** Takes away what the planner refuses, and what cannot be. */
    private static void makePlannable(TenantModel model) {
        model.record = model.record.filter(known -> !known.deleting());
        model.aside = model.record.isPresent() ? Optional.empty() : model.aside;
        model.datastore |= model.record.map(TenantRecord::bootstrapped).orElse(false);
        model.datastore |= model.running.containsKey(Component.ETCD);
        model.pki |= model.datastore;
    }

    private TenantModel anything() {
        TenantModel model = new TenantModel();
        if (flip()) {
            TenantControlPlane spec = seed.oneOf(WANTED);
            TenantRecord record = TenantRecord.of(spec, TenantModel.PORTS.asWanted(spec));
            record = flip() ? record.asBootstrapped() : record;
            record = flip() ? record.withEncryption(SECRETS) : record;
            model.record = Optional.of(flip() ? record.asDeleting() : record);
        }
        model.pki = flip();
        model.issuedFor = Optional.of(seed.oneOf(WANTED));
        model.datastore = flip();
        if (model.record.isEmpty() && flip()) {
            TenantControlPlane spec = seed.oneOf(WANTED).withLifecycle(l -> l.deletionPolicy(DeletionPolicy.RETAIN));
            TenantRecord kept = TenantRecord.of(spec, TenantModel.PORTS).asDeleting();
            model.aside = Optional.of(
                    new TenantModel.Aside(flip() ? kept.asBootstrapped() : kept, true, Optional.of(kept.spec()), true));
        }
        if (model.pki && flip()) {
            model.outdatedCertificates = List.of("apiserver");
        }
        for (Component component : Component.values()) {
            List<String> digests = new ArrayList<>();
            for (int count = seed.random().nextInt(3); count > 0; count--) {
                digests.add(digest(model, component));
            }
            if (!digests.isEmpty()) {
                model.running.put(component, digests);
            }
        }
        return model;
    }

    private String digest(TenantModel model, Component component) {
        if (model.record.isEmpty() || seed.random().nextInt(4) == 0) {
            return "0000000000000000";
        }
        return model.blueprint(model.record.get().spec()).of(component).digest();
    }

    private boolean flip() {
        return seed.random().nextBoolean();
    }

    private static void assertOrdered(List<Work> works, String situation) {
        Set<String> earlier = new HashSet<>();
        Map<String, Set<String>> ancestors = new HashMap<>();
        for (Work work : works) {
            assertThat(earlier)
                    .as("%s: %s", situation, work)
                    .containsAll(work.step().after());
            assertThat(earlier.add(work.id()))
                    .as("%s: %s is unique", situation, work)
                    .isTrue();
            Set<String> all = new HashSet<>(work.step().after());
            work.step().after().forEach(before -> all.addAll(ancestors.getOrDefault(before, Set.of())));
            assertNothingImplied(work, ancestors, situation);
            ancestors.put(work.id(), all);
        }
        for (Component component : Component.values()) {
            assertWaits(ancestors, Work.id(Verb.START, component), Work.id(Verb.STOP, component), situation);
        }
        SERVER_OF.forEach((client, server) -> {
            assertWaits(ancestors, Work.id(Verb.START, client), Work.id(Verb.START, server), situation);
            assertWaits(ancestors, Work.id(Verb.STOP, server), Work.id(Verb.STOP, client), situation);
        });
    }

    private static void assertStoppedIsStarted(List<Work> works, String situation) {
        List<String> ids = works.stream().map(Work::id).toList();
        for (Component component : Component.values()) {
            String stop = Work.id(Verb.STOP, component);
            if (ids.contains(stop)) {
                assertThat(works)
                        .as(situation)
                        .filteredOn(work -> work.is(Verb.START, component))
                        .hasSize(1);
            }
        }
    }

    private static void assertNothingImplied(Work work, Map<String, Set<String>> ancestors, String situation) {
        Set<String> implied = new HashSet<>();
        work.step().after().forEach(before -> implied.addAll(ancestors.getOrDefault(before, Set.of())));
        assertThat(work.step().after())
                .as("%s: %s", situation, work)
                .doesNotContainAnyElementsOf(implied.isEmpty() ? Set.of("nothing") : implied);
    }

    private static void assertWaits(
            Map<String, Set<String>> ancestors, String later, String earlier, String situation) {
        if (ancestors.containsKey(later) && ancestors.containsKey(earlier)) {
            assertThat(ancestors.get(later)).as("%s: %s", situation, later).contains(earlier);
        }
    }
}
