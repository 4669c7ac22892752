package io.hcp.core.internal.cluster.plan;

import io.hcp.api.error.ErrorKind;
import io.hcp.api.model.ExposureType;
import io.hcp.api.model.IpAddress;
import io.hcp.api.model.NetworkProfile;
import io.hcp.api.model.TenantControlPlane;
import io.hcp.api.plan.Obstacle;
import io.hcp.core.internal.blueprint.Blueprint;
import io.hcp.core.internal.cluster.plan.ClusterObserved.Authorities;
import io.hcp.core.internal.cluster.record.OwnObject;
import io.hcp.core.internal.spec.TenantRecord;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What keeps a plan from being applied: all of it.
 *
 * @param wanted the description
 * @param observed what is there
 * @param steps the ids of the plan's steps
 */
record ClusterObstacles(TenantControlPlane wanted, ClusterObserved observed, Set<String> steps) {
    /** After which a pod of etcd is another one, or needs a claim that lasts. */
    private static final Set<String> TAKING_MEMBERS = Set.of(
            ClusterTask.START_DATASTORE.title(),
            ClusterTask.ROLL_DATASTORE.title(),
            ClusterTask.STOP_DATASTORE.title());

    List<Obstacle> toApply() {
        Optional<Obstacle> first = deleting().or(this::lost).or(this::othersData);
        if (first.isPresent()) {
            return List.of(first.get());
        }
        return Stream.of(newerRules(), authorities(), keys(), datastore(), deletedClaims(), exposure(), inside())
                .flatMap(Optional::stream)
                .toList();
    }

    List<Obstacle> toDelete() {
        Optional<Obstacle> data = ClusterPlanner.retains(observed) ? deletedClaims() : Optional.empty();
        return Stream.of(newerRules(), nameless(), data)
                .flatMap(Optional::stream)
                .toList();
    }

    private String tenant() {
        return "tenant \"" + wanted.name() + "\"";
    }

    private static Optional<Obstacle> when(boolean given, ErrorKind kind, String problem, String remedy) {
        return given ? Optional.of(new Obstacle(kind, problem, remedy)) : Optional.empty();
    }

    private Optional<Obstacle> deleting() {
        return when(
                observed.isDeleting(),
                ErrorKind.DELETING,
                tenant() + " is being deleted",
                "call delete(\"" + wanted.name() + "\") or reconcile(...) to finish it, then apply");
    }

    /** Without it another set of rules, or no encryption, would be taken for granted. */
    private Optional<Obstacle> lost() {
        return when(
                observed.lost(),
                ErrorKind.BLOCKED,
                "what is kept of %s beside its description is lost: annotation %s of its TenantControlPlane"
                        .formatted(tenant(), OwnObject.KEPT),
                "restore the annotation from a backup of the object, or delete the Secrets and volumes of the tenant");
    }

    private Optional<Obstacle> othersData() {
        return observed.retained()
                .filter(id -> observed.isOthersData(wanted.tenantId()))
                .map(id -> new Obstacle(
                        ErrorKind.BLOCKED,
                        "the data of a deleted " + tenant() + " with tenant id " + id + " is still there",
                        "apply the tenant with tenantId " + id
                                + " to bring it back, or delete its Secrets and PersistentVolumeClaims"));
    }

    private Optional<Obstacle> newerRules() {
        int revision = observed.record().map(TenantRecord::renderRevision).orElse(0);
        return when(
                revision > Blueprint.RENDER_REVISION,
                ErrorKind.BLOCKED,
                "%s is kept by rules of revision %d, and this library knows those up to %d"
                        .formatted(tenant(), revision, Blueprint.RENDER_REVISION),
                "use the newer version of this library that it was changed with; this one can only look at it");
    }

    private Optional<Obstacle> authorities() {
        if (observed.damage().isPresent()) {
            return observed.damage()
                    .map(problem -> new Obstacle(ErrorKind.PKI_DAMAGED, problem, "restore the Secret from a backup"));
        }
        boolean needed = !observed.volumes().isEmpty() || observed.bootstrapped();
        return when(
                needed && observed.authorities() != Authorities.PRESENT,
                ErrorKind.PKI_DAMAGED,
                "Secrets of the authorities of " + tenant() + " are gone but its datastore is there",
                "restore Secrets %1$s-ca, %1$s-etcd, %1$s-proxy and %1$s-sa from a backup, or delete the tenant: a new CA would lock out everybody who knows the old one"
                        .formatted(wanted.name()));
    }

    private Optional<Obstacle> keys() {
        return when(
                !observed.damagedKeys().isEmpty(),
                ErrorKind.PKI_DAMAGED,
                "encryption keys of %s are missing or damaged: %s"
                        .formatted(tenant(), String.join(", ", observed.damagedKeys())),
                "restore their Secrets from a backup, or delete the tenant: without the key nothing that was encrypted can"
                        + " be read");
    }

    private Optional<Obstacle> datastore() {
        boolean expected = observed.bootstrapped() || observed.retained().isPresent();
        String gone = "the volumes of " + tenant() + " are gone, and with them all that the tenant had stored";
        if (expected && observed.volumes().areMadeAnew()) {
            return Optional.of(new Obstacle(
                    ErrorKind.BLOCKED,
                    gone + ": others were made in their place, "
                            + String.join(", ", observed.volumes().names()),
                    "restore the data into them from a backup and have these taken for the tenant's with kubectl patch tcp "
                            + wanted.name() + " --subresource=status --type=merge -p '{\"status\":{\"volumes\":null}}',"
                            + " or delete the tenant"));
        }
        return when(
                expected && observed.volumes().isEmpty(),
                ErrorKind.BLOCKED,
                gone,
                "restore its PersistentVolumeClaims from a backup, or delete the tenant: an empty datastore would hide"
                        + " the loss");
    }

    private Optional<Obstacle> deletedClaims() {
        List<String> deleted = observed.volumes().deleted();
        return deleted.isEmpty() || steps.stream().noneMatch(TAKING_MEMBERS::contains)
                ? Optional.empty()
                : Optional.of(VolumeClaims.deleted(wanted.name(), deleted));
    }

    /** An address belongs to what gave it, and nodes and kubeconfigs know it. */
    private Optional<Obstacle> exposure() {
        Optional<NetworkProfile> known =
                observed.record().map(record -> record.spec().networkProfile());
        Optional<ExposureType> before =
                service().flatMap(ServiceState::type).or(() -> known.flatMap(NetworkProfile::exposure));
        return address()
                .flatMap(address -> before.filter(type -> type != exposureType())
                        .filter(type -> service()
                                        .filter(found -> found.gave(type, address))
                                        .isPresent()
                                || known.filter(network -> network.exposure().equals(before))
                                        .flatMap(NetworkProfile::address)
                                        .filter(address::equals)
                                        .isPresent())
                        .map(type -> new Obstacle(
                                ErrorKind.BLOCKED,
                                "%s is known at %s, an address of exposure %s, and would not be reached there by exposure %s"
                                        .formatted(tenant(), address, type, exposureType()),
                                "keep exposure " + type
                                        + ", or name an address of the other one with networkProfile.address")));
    }

    private Optional<Obstacle> inside() {
        return service()
                .filter(found -> exposureType() == ExposureType.CLUSTER_IP)
                .flatMap(ServiceState::inside)
                .filter(inside ->
                        address().filter(address -> !address.equals(inside)).isPresent())
                .map(inside -> new Obstacle(
                        ErrorKind.BLOCKED,
                        "the Service of %s has clusterIP %s for its life, and not %s"
                                .formatted(tenant(), inside, address().orElseThrow()),
                        "use networkProfile.address " + inside + ", or another exposure"));
    }

    private ExposureType exposureType() {
        return wanted.networkProfile().exposure().orElse(ExposureType.LOAD_BALANCER);
    }

    private Optional<IpAddress> address() {
        return wanted.networkProfile().address();
    }

    private Optional<ServiceState> service() {
        return Optional.ofNullable(observed.live().get("Service " + wanted.name()))
                .map(ServiceState::new);
    }

    private Optional<Obstacle> nameless() {
        return when(
                ClusterPlanner.retains(observed)
                        && wanted.tenantId().isEmpty()
                        && observed.retained().isEmpty(),
                ErrorKind.BLOCKED,
                tenant() + " has no id under which its data could be kept",
                "apply its description first, which gives it one");
    }
}
