package io.hcp.core.internal.plan;

import io.hcp.api.model.Component;
import io.hcp.api.model.TenantControlPlane;
import io.hcp.api.plan.FieldChange;
import io.hcp.api.plan.Obstacle;
import io.hcp.api.plan.Plan;
import io.hcp.api.plan.PlanKind;
import io.hcp.core.internal.blueprint.Blueprint;
import io.hcp.core.internal.blueprint.EncryptionState;
import io.hcp.core.internal.spec.TenantRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Works out what has to be done. Pure: the same input gives the same plan. */
public final class Planner {
    /** What a new etcd needs at the least: its first write-ahead log file of 64 MB, the next one, and its database. */
    static final long LEAST_USABLE_BYTES = 256L << 20;

    /** Who must be gone before a component may stop, so that nobody loses what it depends on. */
    private static final Map<Component, Set<Component>> CLIENTS = Map.of(
            Component.ETCD, EnumSet.of(Component.KUBE_APISERVER),
            Component.KUBE_APISERVER, EnumSet.of(Component.KUBE_CONTROLLER_MANAGER, Component.KUBE_SCHEDULER));

    /** Who must serve before a component can start. */
    private static final Map<Component, Component> SERVERS = Map.of(
            Component.KUBE_APISERVER, Component.ETCD,
            Component.KUBE_CONTROLLER_MANAGER, Component.KUBE_APISERVER,
            Component.KUBE_SCHEDULER, Component.KUBE_APISERVER);

    private Planner() {}

    /**
     * Works out how to bring a tenant to its description. What is in the way is told beside the steps.
     *
     * @param kind what the plan is for
     * @param wanted the description, with its defaults resolved
     * @param blueprint what it means; with ports that count only once the tenant has a record
     * @param observed what is there
     * @return the plan and its work, each step after all that it waits for
     */
    public static PlannedWork apply(PlanKind kind, TenantControlPlane wanted, Blueprint blueprint, Observed observed) {
        Map<Component, String> drawn = digests(blueprint);
        WorkList works = WorkList.of(wanted, observed);
        Set<Component> starting = starting(drawn, observed);
        if (!starting.isEmpty()) {
            works.add(Verb.PROVIDE, "for " + names(starting));
        }
        planFiles(works, wanted, observed);
        planRestarts(works, starting, blueprint, observed);
        boolean bootstrapped = observed.record().map(TenantRecord::bootstrapped).orElse(false);
        if (!bootstrapped) {
            works.add(Verb.BOOTSTRAP, "for administrators and for health checks");
        }
        if (!works.isEmpty()) {
            works.add(Verb.AWAIT_READY, "of the whole control plane");
        }
        List<FieldChange> changes = Changes.between(observed.record().map(TenantRecord::spec), wanted);
        Plan plan = new Plan(
                kind,
                wanted,
                changes,
                works.works().stream().map(Work::step).toList(),
                Obstacles.toApply(wanted, observed),
                ApiGap.of(works.works(), observed),
                "");
        return signed(plan, works, drawn, observed);
    }

    /**
     * Works out how to remove a tenant: first its processes, clients before servers, then its data, or put that aside. A
     * tenant whose record cannot be read is removed with its data: nothing says that it should be kept.
     *
     * @param known the stored description, or one that has only the name
     * @param observed what is there
     * @return the plan and its work, each step after all that it waits for
     */
    public static PlannedWork delete(TenantControlPlane known, Observed observed) {
        WorkList works = WorkList.of(known, observed);
        if (observed.record().isPresent() && !observed.record().get().deleting()) {
            works.add(Verb.MARK_DELETING, "so that an interrupted deletion is finished, not forgotten");
        }
        Set<String> marked = works.ids();
        for (Component component : reversed(EnumSet.allOf(Component.class))) {
            if (!observed.running(component).isEmpty()) {
                works.add(Verb.STOP, component, "the tenant is being deleted", stopsAfter(component, marked, works));
            }
        }
        if (Irreversible.retains(observed)) {
            works.add(
                    Verb.RETAIN_DATA,
                    "as the description says, under tenant id "
                            + known.tenantId().orElse("(none)"));
        } else {
            works.add(Verb.REMOVE_DATA, "certificates, datastore, logs");
        }
        List<Obstacle> obstacles = Obstacles.toDelete(known, observed);
        Plan plan = new Plan(
                PlanKind.DELETE,
                known,
                List.of(),
                works.works().stream().map(Work::step).toList(),
                obstacles,
                Duration.ZERO,
                "");
        return signed(plan, works, Map.of(), observed);
    }

    private static PlannedWork signed(Plan plan, WorkList works, Map<Component, String> drawn, Observed observed) {
        return new PlannedWork(
                new Plan(
                        plan.kind(),
                        plan.wanted(),
                        plan.changes(),
                        plan.steps(),
                        plan.obstacles(),
                        plan.apiGap(),
                        PlanDigest.of(plan, drawn, observed)),
                works.works(),
                observed.record());
    }

    private static Map<Component, String> digests(Blueprint blueprint) {
        Map<Component, String> digests = new EnumMap<>(Component.class);
        blueprint.components().forEach((component, drawn) -> digests.put(component, drawn.digest()));
        return digests;
    }

    /**
     * What was put aside comes back once everything else is sure to be there, as the record of a tenant that is not being
     * deleted. Whether its certificates are outdated cannot be seen before, so they are looked at once it is back.
     */
    private static void planFiles(WorkList works, TenantControlPlane wanted, Observed observed) {
        if (observed.retained()) {
            works.add(Verb.BRING_BACK, "it was put aside when the tenant was deleted");
        }
        reasonToRecord(wanted, observed).ifPresent(reason -> works.add(Verb.RECORD, reason));
        Set<String> recorded = works.ids();
        if (!observed.pkiPresent()) {
            works.add(Verb.CREATE_PKI, "an own CA for the tenant", recorded);
        } else if (observed.retained()) {
            works.add(Verb.REISSUE, "those that meanwhile ended, or say something else than they should", recorded);
        } else if (!observed.outdatedCertificates().isEmpty()) {
            works.add(
                    Verb.REISSUE,
                    "missing or outdated: " + String.join(", ", observed.outdatedCertificates()),
                    recorded);
        }
        EncryptionState known = observed.record().map(TenantRecord::encryption).orElse(EncryptionState.NONE);
        if (!known.with(wanted.kubernetes().encryptionAtRest()).equals(known)) {
            works.add(Verb.CREATE_KEY, "for what is to be encrypted");
        }
    }

    private static Optional<String> reasonToRecord(TenantControlPlane wanted, Observed observed) {
        Optional<TenantRecord> record = observed.record();
        if (record.isEmpty()) {
            return Optional.of("the tenant is new");
        }
        return record.get().spec().equals(wanted) ? Optional.empty() : Optional.of("it changed");
    }

    private static void planRestarts(WorkList works, Set<Component> starting, Blueprint blueprint, Observed observed) {
        Set<String> prepared = works.ids();
        for (Component component : reversed(starting)) {
            int running = observed.running(component).size();
            if (running > 0) {
                String reason = running > 1 ? "it runs more than once" : "it runs with other settings";
                works.add(Verb.STOP, component, reason, stopsAfter(component, prepared, works));
            }
        }
        for (Component component : starting) {
            String reason = "version " + blueprint.of(component).version();
            works.add(Verb.START, component, reason, startsAfter(component, prepared, works));
        }
    }

    private static Set<Component> starting(Map<Component, String> drawn, Observed observed) {
        Set<Component> starting = EnumSet.noneOf(Component.class);
        drawn.forEach((component, digest) -> {
            if (!observed.running(component).equals(List.of(digest))) {
                starting.add(component);
            }
        });
        return starting;
    }

    private static Set<String> stopsAfter(Component component, Set<String> prepared, WorkList works) {
        Set<String> after = new LinkedHashSet<>(prepared);
        CLIENTS.getOrDefault(component, Set.of()).forEach(client -> addIfPlanned(after, works, Verb.STOP, client));
        return after;
    }

    private static Set<String> startsAfter(Component component, Set<String> prepared, WorkList works) {
        Set<String> after = new LinkedHashSet<>(prepared);
        addIfPlanned(after, works, Verb.STOP, component);
        Component server = SERVERS.get(component);
        if (server != null) {
            addIfPlanned(after, works, Verb.START, server);
        }
        return after;
    }

    private static void addIfPlanned(Set<String> after, WorkList works, Verb verb, Component component) {
        String id = Work.id(verb, component);
        if (works.has(id)) {
            after.add(id);
        }
    }

    private static List<Component> reversed(Set<Component> components) {
        List<Component> reversed = new ArrayList<>(components);
        Collections.reverse(reversed);
        return reversed;
    }

    private static String names(Set<Component> components) {
        return components.stream().map(Component::binaryName).collect(Collectors.joining(", "));
    }
}
