package io.hcp.core.internal.cluster;

import io.hcp.api.error.ErrorKind;
import io.hcp.api.error.HcpException;
import io.hcp.api.model.TenantControlPlane;
import io.hcp.core.internal.cluster.form.ClusterObject;
import io.hcp.core.internal.cluster.form.Kind;
import io.hcp.core.internal.cluster.gateway.UnderCluster;
import io.hcp.core.internal.cluster.pki.PodFiles;
import io.hcp.core.internal.cluster.pki.SecretTexts;
import io.hcp.core.internal.cluster.plan.ClusterObserved;
import io.hcp.core.internal.cluster.plan.ClusterObserved.Authorities;
import io.hcp.core.internal.cluster.plan.Drift;
import io.hcp.core.internal.cluster.plan.VolumeClaims;
import io.hcp.core.internal.cluster.record.OwnObject;
import io.hcp.core.internal.cluster.render.TenantNames;
import io.hcp.core.internal.gateway.JournalEntry;
import io.hcp.core.internal.spec.TenantRecord;
import io.hcp.core.internal.time.Time;
import io.hcp.pki.Authority;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Looks at a tenant, as plans need it: each kind of objects is listed once, and of a new tenant only what could be left. */
final class Observation {
    private final TenantCell cell;
    private final UnderCluster cluster;
    private final Time time;

    Observation(TenantCell cell, UnderCluster cluster, Time time) {
        this.cell = cell;
        this.cluster = cluster;
        this.time = time;
    }

    /** What was found before it is known what is wanted. */
    record Found(
            Optional<OwnObject> own, SecretTexts secrets, List<ClusterObject> claims, Map<String, ClusterObject> live) {
        private Optional<ClusterObject> clusterAuthority() {
            return Optional.ofNullable(secrets.secrets().get(secrets.names().authority(Authority.CLUSTER)));
        }

        /** An own object without what is kept of it may have been made anew by somebody else since the deletion. */
        private boolean isGone() {
            return own.flatMap(OwnObject::kept).isEmpty();
        }

        Optional<String> retainedId() {
            return isGone() ? noted() : Optional.empty();
        }

        private Optional<String> noted() {
            return clusterAuthority().flatMap(ca -> ca.annotation(OwnObject.RETAINED_ID));
        }

        private Optional<TenantRecord> retained() {
            return clusterAuthority().flatMap(OwnObject::retained);
        }

        /** The record, also of a tenant that is to come back with a description. */
        Optional<TenantRecord> record() {
            return own.map(found -> found.record(clusterAuthority())).or(this::retained);
        }

        /** The record on which a description has to follow; what was retained is that only if the description names it. */
        Optional<TenantRecord> before(TenantControlPlane written) {
            Optional<String> id = retainedId();
            return id.isEmpty() ? record() : retained().filter(record -> id.equals(written.tenantId()));
        }

        Optional<TenantRecord> recordToDelete() {
            return own.map(found -> found.recordToDelete(clusterAuthority()));
        }

        /** Whether nothing has to be added to the tenant's own object, nor taken from what was noted for its return. */
        boolean isWhole() {
            return own.filter(OwnObject::isWhole).isPresent() && noted().isEmpty();
        }

        /** Whether something of the tenant is there without what is kept of it. */
        boolean isLost() {
            boolean started = !claims.isEmpty() || authorities() != Authorities.ABSENT;
            return started && isGone() && retained().isEmpty();
        }

        Authorities authorities() {
            return authoritiesOf(secrets);
        }

        private VolumeClaims volumes() {
            return VolumeClaims.of(claims, own.map(OwnObject::volumes).orElse(List.of()));
        }
    }

    static Authorities authoritiesOf(SecretTexts secrets) {
        List<String> all = SecretTexts.authorities(secrets.names());
        long there = all.stream().filter(secrets.secrets()::containsKey).count();
        if (there == 0) {
            return Authorities.ABSENT;
        }
        return there == all.size() ? Authorities.PRESENT : Authorities.PARTIAL;
    }

    /** What is there of a tenant that is to go: damage is not looked for, since it must not keep it from being removed. */
    ClusterObserved forDeletion(Found found) {
        return new ClusterObserved(
                found.recordToDelete(),
                true,
                false,
                found.retainedId(),
                found.authorities(),
                Optional.empty(),
                List.of(),
                List.of(),
                List.of(),
                found.volumes(),
                found.live(),
                List.of(),
                took());
    }

    Found find() {
        Optional<OwnObject> own = cell.resource().read();
        SecretTexts secrets = cell.readSecrets();
        List<ClusterObject> claims = cluster.objects().list(Kind.VOLUME_CLAIM, cell.labels());
        Map<String, ClusterObject> live = new TreeMap<>();
        if (own.isPresent()) {
            Kind.OWNED.stream()
                    .filter(kind -> !kind.equals(Kind.SECRET))
                    .flatMap(kind -> cluster.objects().list(kind, cell.labels()).stream())
                    .forEach(object -> live.put(object.id(), object));
        }
        boolean proven = own.filter(OwnObject::isBootstrapped).isPresent()
                && Optional.ofNullable(live.get("StatefulSet " + cell.names().etcd()))
                        .filter(Rollout::areMembersReady)
                        .isPresent();
        cell.resource().found(proven ? claims : List.of());
        cell.seen(Stream.concat(live.values().stream(), secrets.secrets().values().stream())
                .toList());
        return new Found(own, secrets, claims, live);
    }

    /** What plans are made from, once it is known what is wanted. */
    ClusterObserved of(Found found, TenantControlPlane wanted) {
        Optional<TenantRecord> record = found.record();
        boolean deleting = record.map(TenantRecord::deleting).orElse(false);
        boolean drawn = Drawings.address(wanted).isPresent() && !deleting && !found.isLost();
        Files files = drawn && found.authorities() == Authorities.PRESENT
                ? files(found, wanted)
                : new Files(Optional.empty(), List.of(), List.of());
        return new ClusterObserved(
                record,
                found.isWhole(),
                found.isLost(),
                found.retainedId(),
                found.authorities(),
                files.damage(),
                files.outdated(),
                files.drifted(),
                record.map(known -> damagedKeys(found.secrets(), known)).orElse(List.of()),
                found.volumes(),
                found.live(),
                stale(found),
                took());
    }

    private static List<String> damagedKeys(SecretTexts secrets, TenantRecord record) {
        return record.encryption().keys().stream()
                .filter(key -> secrets.encryptionKey(key).isEmpty())
                .toList();
    }

    private record Files(Optional<String> damage, List<String> outdated, List<String> drifted) {}

    private Files files(Found found, TenantControlPlane wanted) {
        PodFiles files = new PodFiles(found.secrets(), wanted, time.clock());
        TenantRecord planned = TenantRecord.planned(wanted, found.record());
        try {
            List<String> outdated = files.outdated();
            boolean keyToCome = planned.encryption().keys().stream()
                    .anyMatch(key -> found.secrets().encryptionKey(key).isEmpty());
            if (!outdated.isEmpty() || keyToCome) {
                return new Files(Optional.empty(), outdated, keyToCome ? List.of("encryption") : List.of());
            }
            Drawings drawings = new Drawings(cell.names(), found.own().map(OwnObject::object));
            List<String> drifted = files.render(drawings.objects(planned), Drawings.server(wanted), List.of()).stream()
                    .map(Drawings::drawn)
                    .filter(secret -> differs(secret, found.secrets()))
                    .map(ClusterObject::name)
                    .toList();
            return new Files(Optional.empty(), outdated, drifted);
        } catch (HcpException e) {
            if (e.kind() == ErrorKind.PKI_DAMAGED) {
                return new Files(Optional.of(String.valueOf(e.getMessage())), List.of(), List.of());
            }
            throw e;
        }
    }

    static boolean differs(ClusterObject wanted, SecretTexts secrets) {
        ClusterObject live = secrets.secrets().get(wanted.name());
        return live == null || !Drift.between(wanted.tree(), live.tree()).isEmpty();
    }

    /** Pods of etcd that are to be exchanged: looked for only if the StatefulSet leaves open that there are some. */
    private List<String> stale(Found found) {
        TenantNames names = cell.names();
        ClusterObject set = found.live().get("StatefulSet " + names.etcd());
        if (set == null || !Members.mayBeStale(set)) {
            return List.of();
        }
        return Members.stale(cluster.objects().list(Kind.POD, Members.labels(names)), set).stream()
                .map(ClusterObject::name)
                .toList();
    }

    private Map<String, Duration> took() {
        return cell.journal()
                .known()
                .map(JournalEntry::took)
                .<Map<String, Duration>>map(LinkedHashMap::new)
                .orElseGet(Map::of);
    }
}
