package io.hcp.core.internal.cluster;

import io.hcp.api.error.ErrorKind;
import io.hcp.api.error.HcpException;
import io.hcp.api.model.DeletionPolicy;
import io.hcp.api.model.TenantControlPlane;
import io.hcp.core.internal.blueprint.EncryptionState;
import io.hcp.core.internal.blueprint.FirstRoles;
import io.hcp.core.internal.blueprint.TenantObject;
import io.hcp.core.internal.cluster.form.ClusterObject;
import io.hcp.core.internal.cluster.gateway.UnderCluster;
import io.hcp.core.internal.cluster.plan.ClusterTask;
import io.hcp.core.internal.cluster.plan.Drawing;
import io.hcp.core.internal.cluster.record.OwnObject;
import io.hcp.core.internal.gateway.Lease;
import io.hcp.core.internal.plan.PlannedWork;
import io.hcp.core.internal.plan.Work;
import io.hcp.core.internal.spec.TenantRecord;
import io.hcp.core.internal.time.Time;
import io.hcp.pki.Authority;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Does the steps of one tenant. Each can be done again after it was interrupted at any point. */
final class ClusterSteps {
    private static final Duration READY_LIMIT = Duration.ofMinutes(4);

    private final TenantCell cell;
    private final UnderCluster cluster;
    private final Time time;
    private final Lease lease;
    private final Applying applying;
    private final Credentials credentials;
    private final PlannedWork planned;
    private final Agreed agreed;

    ClusterSteps(TenantCell cell, UnderCluster cluster, Time time, Lease lease, PlannedWork planned) {
        this.cell = cell;
        this.cluster = cluster;
        this.time = time;
        this.lease = lease;
        this.applying = new Applying(cell, cluster.objects(), lease);
        this.credentials = new Credentials(cell, cluster, time, lease, applying);
        this.planned = planned;
        this.agreed = new Agreed(cell.resource(), planned.plan().wanted());
    }

    /** Does a step; returns what shows that it is done. */
    String carryOut(Work work) {
        cell.journal().carryingOut(agreed.wanted());
        return switch ((ClusterTask) work.verb()) {
            case RECORD -> record(agreed.wanted(), planned.from());
            case CREATE_AUTHORITIES -> credentials.createAuthorities(agreed.spec());
            case CREATE_KEY -> createKey();
            case EXPOSE -> new Exposure(cell, cluster, lease, applying, agreed).expose();
            case ISSUE -> credentials.issue(agreed.record());
            case START_DATASTORE -> apply(drawing().datastore());
            case ROLL_DATASTORE ->
                new DatastoreRoll(cell, cluster, time, lease)
                        .run(apply(drawing().datastore()), drawing());
            case START_CONTROL_PLANE, ROLL_CONTROL_PLANE -> applyControlPlane();
            case REPAIR -> repair();
            case AWAIT_ROLLOUT -> awaitRollout();
            case BOOTSTRAP -> bootstrap();
            case PUBLISH -> publish();
            case AWAIT_READY -> awaitReady();
            case MARK_DELETING -> markDeleting();
            case STOP_CONTROL_PLANE -> removal().stopControlPlane();
            case STOP_DATASTORE -> stopDatastore();
            case REMOVE -> remove();
            case RETAIN -> removal().retain(planned.from().orElseThrow());
        };
    }

    private String awaitRollout() {
        boolean datastore = isPlanned(ClusterTask.START_DATASTORE) || isPlanned(ClusterTask.ROLL_DATASTORE);
        String versions = new Rollout(cell, cluster, time).await(agreed.record(), drawing(), datastore);
        return isPlanned(ClusterTask.ISSUE) && !isPlanned(ClusterTask.START_CONTROL_PLANE)
                ? versions + "; " + new ShownCertificates(cell, cluster, time).await(agreed.record())
                : versions;
    }

    private boolean isPlanned(ClusterTask task) {
        return planned.works().stream().anyMatch(work -> work.verb() == task);
    }

    private String stopDatastore() {
        requirePolicy();
        return removal().stopDatastore(isToRetain());
    }

    private String remove() {
        requirePolicy();
        return removal().remove();
    }

    private boolean isToRetain() {
        return isPlanned(ClusterTask.RETAIN);
    }

    /** What was to go may be to stay by now: the description can be edited for as long as it is there. */
    private void requirePolicy() {
        boolean retain = cell.resource()
                .read()
                .flatMap(own -> own.recordToDelete(clusterAuthority())
                        .spec()
                        .lifecycle()
                        .deletionPolicy())
                .filter(DeletionPolicy.RETAIN::equals)
                .isPresent();
        if (retain && !isToRetain()) {
            throw agreed.changed();
        }
    }

    private Removal removal() {
        return new Removal(cell, cluster, time, lease);
    }

    private Drawing drawing() {
        return drawings().drawing(agreed.record());
    }

    private Drawings drawings() {
        return new Drawings(cell.names(), cell.resource().known().map(known -> known.object()));
    }

    private String record(TenantControlPlane wanted, Optional<TenantRecord> from) {
        if (cell.resource().present().isEmpty()) {
            TenantRecord fresh = from.orElseGet(
                            () -> TenantRecord.planned(wanted, Optional.empty()).withEncryption(EncryptionState.NONE))
                    .withSpec(wanted);
            cell.create(lease, from.isPresent() ? fresh : fresh.asServed());
        } else {
            cell.resource().edit(lease, object -> {
                var found = new OwnObject(object);
                TenantRecord stored = found.record(clusterAuthority());
                if (!Optional.of(stored).equals(from) && !found.spec().equals(wanted)) {
                    throw agreed.changed();
                }
                return OwnObject.with(object, stored.withSpec(wanted));
            });
        }
        forgetNote();
        return "in " + cluster.name();
    }

    private Optional<ClusterObject> clusterAuthority() {
        return Optional.ofNullable(cell.secrets().secrets().get(cell.names().authority(Authority.CLUSTER)));
    }

    /** What was noted for the return of the tenant becomes outdated once it is back. */
    private void forgetNote() {
        clusterAuthority()
                .filter(noted -> noted.annotation(OwnObject.RETAINED_ID).isPresent())
                .ifPresent(noted -> cell.seen(cluster.objects().replace(lease, OwnObject.returned(noted))));
    }

    /** The key is there before the record names it: one that is named and missing is lost. */
    private String createKey() {
        TenantRecord found = agreed.record();
        EncryptionState next = found.encryption().with(found.spec().kubernetes().encryptionAtRest());
        next.keys().stream()
                .filter(key -> !found.encryption().keys().contains(key))
                .forEach(credentials::createKey);
        agreed.edit(lease, record -> record.withEncryption(next));
        return "key " + next.keys().get(next.keys().size() - 1) + " for " + String.join(", ", next.resources());
    }

    private String apply(List<ClusterObject> objects) {
        objects.forEach(applying::apply);
        return objects.stream().map(ClusterObject::id).collect(Collectors.joining(", "));
    }

    private String applyControlPlane() {
        // From now on objects may be stored in the form of this version.
        agreed.edit(lease, TenantRecord::asServed);
        return apply(drawing().controlPlane());
    }

    private String repair() {
        List<ClusterObject> repaired = new ArrayList<>();
        Drawing drawing = drawing();
        for (ClusterObject object : drawing.all()) {
            if (!object.equals(drawing.service()) && applying.repair(object)) {
                repaired.add(object);
            }
        }
        return repaired.isEmpty()
                ? "all were as they should be"
                : repaired.stream().map(ClusterObject::id).collect(Collectors.joining(", "));
    }

    private String bootstrap() {
        return write(FirstRoles.objects());
    }

    private String publish() {
        return write(List.of());
    }

    /** What was written is noted afterwards, so that it is written again if that was interrupted. */
    private String write(List<TenantObject> first) {
        TenantControlPlane tenant = agreed.spec();
        Replicas replicas = new Replicas(cell, cluster);
        List<ClusterObject> pods = cell.replicas().isEmpty() ? replicas.list() : cell.replicas();
        ClusterObject pod = pods.stream()
                .filter(Members::isReady)
                .findFirst()
                .orElseThrow(() -> new HcpException(
                        ErrorKind.TENANT_API,
                        "no replica of tenant \"" + tenant.name() + "\" is ready",
                        "look at the logs of kube-apiserver"));
        List<TenantObject> objects = new ArrayList<>(first);
        objects.addAll(PublishedEndpoint.objects(tenant));
        cluster.pods().write(lease, pod.name(), replicas.authorities(), objects);
        String endpoint = Drawings.server(tenant).toString();
        cell.journal().note(facts -> facts.withPublished(endpoint));
        return "through pod " + pod.name() + ", endpoint " + endpoint;
    }

    private String awaitReady() {
        new Replicas(cell, cluster).awaitReady(time, READY_LIMIT);
        return "every replica says so, and pods can be created";
    }

    private String markDeleting() {
        cell.resource().delete(lease);
        return "its finalizer keeps it until all else is gone";
    }
}
