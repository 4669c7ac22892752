package io.hcp.core.internal.machine;

import io.hcp.api.model.Component;
import io.hcp.api.model.TenantControlPlane;
import io.hcp.core.internal.gateway.JournalEntry;
import io.hcp.core.internal.gateway.Processes.Running;
import io.hcp.core.internal.gateway.TenantGateways;
import io.hcp.core.internal.plan.Observed;
import io.hcp.core.internal.spec.TenantRecord;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Looks at a tenant, as plans need it. */
final class Observation {
    private final TenantGateways gateways;

    Observation(TenantGateways gateways) {
        this.gateways = gateways;
    }

    /** What is there of a tenant that is to be as described. */
    Observed of(Optional<TenantRecord> known, TenantControlPlane wanted) {
        boolean present = gateways.certificates().exist();
        boolean deleting = known.map(TenantRecord::deleting).orElse(false);
        return new Observed(
                known,
                present,
                present && !deleting ? gateways.certificates().outdated(wanted) : List.of(),
                known.map(tenant -> gateways.encryptionKeys()
                                .damaged(tenant.encryption().keys()))
                        .orElse(List.of()),
                gateways.storage().hasDatastore(),
                running(),
                gateways.storage().usableBytes(),
                false,
                took());
    }

    /** What is there of a tenant that is to go: damage is not looked for, since it must not keep it from being removed. */
    Observed forDeletion(Optional<TenantRecord> known) {
        return new Observed(
                known,
                gateways.certificates().exist(),
                List.of(),
                List.of(),
                gateways.storage().hasDatastore(),
                running(),
                gateways.storage().usableBytes(),
                false,
                took());
    }

    /** What is there of a tenant whose data was put aside: as it was left. */
    Observed ofRetained(TenantRecord retained) {
        return new Observed(
                Optional.of(retained),
                true,
                List.of(),
                List.of(),
                true,
                running(),
                gateways.storage().usableBytes(),
                true,
                Map.of());
    }

    private Map<Component, List<String>> running() {
        return gateways.processes().running().stream()
                .collect(Collectors.groupingBy(
                        Running::component, Collectors.mapping(Running::digest, Collectors.toList())));
    }

    private SortedMap<String, Duration> took() {
        return gateways.journal().read().map(JournalEntry::took).orElseGet(TreeMap::new);
    }
}
