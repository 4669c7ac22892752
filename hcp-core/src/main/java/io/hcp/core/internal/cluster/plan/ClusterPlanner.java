package io.hcp.core.internal.cluster.plan;

import io.hcp.api.model.DeletionPolicy;
import io.hcp.api.model.TenantControlPlane;
import io.hcp.api.plan.Obstacle;
import io.hcp.api.plan.Plan;
import io.hcp.api.plan.PlanKind;
import io.hcp.core.internal.blueprint.EncryptionState;
import io.hcp.core.internal.cluster.form.ClusterObject;
import io.hcp.core.internal.cluster.plan.ClusterObserved.Authorities;
import io.hcp.core.internal.plan.Changes;
import io.hcp.core.internal.plan.PlanDigest;
import io.hcp.core.internal.plan.PlannedWork;
import io.hcp.core.internal.plan.Work;
import io.hcp.core.internal.plan.WorkList;
import io.hcp.core.internal.spec.TenantRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Works out what has to be done with a tenant of an under cluster. Pure: the same input gives the same plan. */
public final class ClusterPlanner {
    private static final String TEMPLATE = "spec.template";
    private static final int SHOWN_PATHS = 3;

    private final TenantControlPlane wanted;
    private final ClusterObserved observed;
    private final Optional<Drawing> drawing;
    private final WorkList works;

    private ClusterPlanner(TenantControlPlane wanted, ClusterObserved observed, Optional<Drawing> drawing) {
        this.wanted = wanted;
        this.observed = observed;
        this.drawing = drawing;
        this.works = new WorkList(new ClusterEstimates(wanted, observed));
    }

    /** Tells whether a deletion leaves what the tenant can be brought back from. */
    public static boolean retains(ClusterObserved observed) {
        return observed.isOthersData(observed.tenantId())
                || observed.record()
                        .flatMap(record -> record.spec().lifecycle().deletionPolicy())
                        .filter(DeletionPolicy.RETAIN::equals)
                        .isPresent();
    }

    /**
     * Works out how to bring a tenant to its description. What is in the way is told beside the steps.
     *
     * @param kind what the plan is for
     * @param wanted the description, with its defaults resolved
     * @param drawing what it means; empty as long as the tenant has no address
     * @param observed what is there
     * @return the plan and its work
     */
    public static PlannedWork apply(
            PlanKind kind, TenantControlPlane wanted, Optional<Drawing> drawing, ClusterObserved observed) {
        ClusterPlanner planner = new ClusterPlanner(wanted, observed, drawing);
        planner.planToApply();
        return planner.planned(kind, planner.obstacles().toApply());
    }

    /**
     * Works out how to remove a tenant: its pods, clients before servers, then everything else.
     *
     * @param known the stored description, or one that has only the name
     * @param observed what is there
     * @return the plan and its work
     */
    public static PlannedWork delete(TenantControlPlane known, ClusterObserved observed) {
        ClusterPlanner planner = new ClusterPlanner(known, observed, Optional.empty());
        planner.planToDelete();
        return planner.planned(PlanKind.DELETE, planner.obstacles().toDelete());
    }

    private ClusterObstacles obstacles() {
        return new ClusterObstacles(wanted, observed, works.ids());
    }

    private void planToApply() {
        reasonToRecord().ifPresent(reason -> works.add(ClusterTask.RECORD, reason));
        Set<String> recorded = works.ids();
        if (observed.authorities() != Authorities.PRESENT) {
            works.add(ClusterTask.CREATE_AUTHORITIES, "an own CA for the tenant", recorded);
        }
        EncryptionState known = observed.record().map(TenantRecord::encryption).orElse(EncryptionState.NONE);
        if (!known.with(wanted.kubernetes().encryptionAtRest()).equals(known)) {
            works.add(ClusterTask.CREATE_KEY, "for what is to be encrypted", recorded);
        }
        reasonToExpose().ifPresent(reason -> works.add(ClusterTask.EXPOSE, reason, recorded));
        reasonToIssue().ifPresent(reason -> works.add(ClusterTask.ISSUE, reason));
        planDatastore(works.ids());
        planRest();
    }

    private Optional<String> reasonToRecord() {
        if (observed.record().isEmpty() || observed.retained().isPresent()) {
            return Optional.of(observed.record().isEmpty() ? "the tenant is new" : "the tenant comes back");
        }
        if (!observed.record().get().spec().equals(wanted)) {
            return Optional.of("it changed");
        }
        return observed.whole() ? Optional.empty() : Optional.of("what is kept of it is not complete");
    }

    private Optional<String> reasonToExpose() {
        if (drawing.isEmpty()) {
            return Optional.of("at an address of its own");
        }
        return reason(drawing.get().service())
                .or(() -> Optional.ofNullable(
                                observed.live().get(drawing.get().service().id()))
                        .flatMap(live -> new ServiceState(live).lost(wanted.networkProfile()))
                        .map(address -> "has lost address " + address))
                .map(reason -> "the Service " + reason);
    }

    private Optional<String> reasonToIssue() {
        if (observed.authorities() != Authorities.PRESENT || drawing.isEmpty()) {
            return Optional.of("all that the pods need");
        }
        if (!observed.outdatedCertificates().isEmpty()) {
            return Optional.of("missing or outdated: " + String.join(", ", observed.outdatedCertificates()));
        }
        return observed.driftedFiles().isEmpty()
                ? Optional.empty()
                : Optional.of("missing or changed: " + String.join(", ", observed.driftedFiles()));
    }

    private void planDatastore(Set<String> prepared) {
        List<ClusterObject> others = new ArrayList<>();
        Optional<ClusterObject> members = drawing.map(Drawing::statefulSet);
        boolean there = members.filter(observed::has).isPresent();
        if (!there) {
            works.add(ClusterTask.START_DATASTORE, "it is not there", prepared);
        } else if (isRoll(members.get()) || !observed.stale().isEmpty()) {
            works.add(ClusterTask.ROLL_DATASTORE, reasonToRoll(members.get()), prepared);
        } else {
            others.addAll(drawing.get().datastore());
        }
        planControlPlane(there ? works.ids() : prepared, others);
    }

    private void planControlPlane(Set<String> prepared, List<ClusterObject> others) {
        Optional<ClusterObject> replicas = drawing.map(Drawing::deployment);
        if (replicas.filter(observed::has).isEmpty()) {
            works.add(ClusterTask.START_CONTROL_PLANE, "version " + wanted.kubernetesVersion(), prepared);
        } else if (isRoll(replicas.get())) {
            works.add(ClusterTask.ROLL_CONTROL_PLANE, reasonToRoll(replicas.get()), prepared);
        } else {
            others.addAll(drawing.get().controlPlane());
        }
        drawing.map(Drawing::account)
                .filter(account -> !works.has(ClusterTask.ISSUE.title())) // which sees to it, too
                .ifPresent(others::add);
        List<String> drifted = others.stream()
                .flatMap(object -> reason(object).map(reason -> object.id() + " " + reason).stream())
                .toList();
        if (!drifted.isEmpty()) {
            works.add(ClusterTask.REPAIR, String.join("; ", drifted), prepared);
        }
    }

    private void planRest() {
        boolean moved = !works.isEmpty();
        if (moved || !observed.bootstrapped()) {
            works.add(ClusterTask.AWAIT_ROLLOUT, "of every replica");
        }
        if (!observed.bootstrapped()) {
            works.add(ClusterTask.BOOTSTRAP, "for administrators and for health checks");
        } else if (works.has(ClusterTask.EXPOSE.title()) || !isPublished()) {
            works.add(ClusterTask.PUBLISH, "for clients in the tenant");
        }
        if (!works.isEmpty()) {
            works.add(ClusterTask.AWAIT_READY, "of the whole control plane");
        }
    }

    private boolean isPublished() {
        Optional<String> told = observed.record().flatMap(TenantRecord::published);
        return told.isPresent() && told.equals(drawing.map(Drawing::endpoint));
    }

    private boolean isRoll(ClusterObject workload) {
        return observed.drift(workload).stream().anyMatch(path -> path.startsWith(TEMPLATE));
    }

    private String reasonToRoll(ClusterObject workload) {
        List<String> paths = observed.drift(workload);
        return paths.isEmpty() ? "pods run with other settings: " + String.join(", ", observed.stale()) : text(paths);
    }

    private Optional<String> reason(ClusterObject object) {
        if (!observed.has(object)) {
            return Optional.of("is missing");
        }
        List<String> paths = observed.drift(object);
        return paths.isEmpty() ? Optional.empty() : Optional.of(text(paths));
    }

    private static String text(List<String> paths) {
        String shown = paths.stream().limit(SHOWN_PATHS).collect(Collectors.joining(", "));
        return "differs in " + shown
                + (paths.size() > SHOWN_PATHS ? " and " + (paths.size() - SHOWN_PATHS) + " more" : "");
    }

    private void planToDelete() {
        if (observed.record().isPresent() && !observed.isDeleting()) {
            works.add(ClusterTask.MARK_DELETING, "so that an interrupted deletion is finished, not forgotten");
        }
        if (observed.live().keySet().stream().anyMatch(id -> id.startsWith("Deployment "))) {
            works.add(ClusterTask.STOP_CONTROL_PLANE, "the tenant is being deleted");
        }
        if (observed.live().keySet().stream().anyMatch(id -> id.startsWith("StatefulSet "))) {
            works.add(ClusterTask.STOP_DATASTORE, "the tenant is being deleted");
        }
        if (retains(observed)) {
            works.add(
                    ClusterTask.RETAIN,
                    observed.retained()
                            .map(id -> "under tenant id " + id)
                            .orElseGet(() -> "as the description says, under tenant id "
                                    + wanted.tenantId().orElse("(none)")));
        } else {
            works.add(ClusterTask.REMOVE, "Services, Secrets, volumes");
        }
    }

    private PlannedWork planned(PlanKind kind, List<Obstacle> obstacles) {
        boolean deletion = kind == PlanKind.DELETE;
        Plan plan = new Plan(
                kind,
                wanted,
                deletion ? List.of() : Changes.between(observed.record().map(TenantRecord::spec), wanted),
                works.works().stream().map(Work::step).toList(),
                obstacles,
                deletion ? Duration.ZERO : new ClusterEstimates(wanted, observed).gap(works.works()),
                "");
        Plan signed = new Plan(kind, wanted, plan.changes(), plan.steps(), obstacles, plan.apiGap(), digest(plan));
        return new PlannedWork(signed, works.works(), observed.record());
    }

    private String digest(Plan plan) {
        PlanDigest digest = new PlanDigest(plan);
        observed.record().ifPresent(digest::record);
        digest.add("authorities", List.of(observed.authorities().name()));
        digest.add("outdated", observed.outdatedCertificates());
        digest.add("files", observed.driftedFiles());
        digest.add("damaged", observed.damagedKeys());
        digest.add("volumes", observed.volumes().facts());
        digest.add("stale", observed.stale());
        digest.add("live", List.copyOf(new TreeSet<>(observed.live().keySet())));
        for (ClusterObject object : drawing.map(Drawing::all).orElse(List.of())) {
            digest.add("drawn " + object.id(), List.of(String.valueOf(object.tree())));
            digest.add("drift " + object.id(), observed.drift(object));
        }
        return digest.text();
    }
}
