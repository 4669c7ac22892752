package io.hcp.core.internal.blueprint;

import io.hcp.api.model.Component;
import io.hcp.api.model.EtcdProfile;
import io.hcp.api.model.Quantity;
import java.time.Duration;
import java.util.Map;

/** The tenant's own etcd. */
final class EtcdBlueprint {
    private EtcdBlueprint() {}

    static ComponentBlueprint of(BlueprintInput input) {
        TenantLayout layout = input.files(Component.ETCD);
        EtcdProfile profile = input.tenant().dataStore().etcd();
        Flags flags = new Flags()
                .set("client-cert-auth", "true")
                .file("trusted-ca-file", layout.trustBundle("etcd/ca"))
                .credential("cert-file", "key-file", layout, "etcd/server")
                .set("peer-client-cert-auth", "true")
                .file("peer-trusted-ca-file", layout.trustBundle("etcd/ca"))
                .credential("peer-cert-file", "peer-key-file", layout, "etcd/peer")
                .set("feature-gates", input.featureGates(Component.ETCD, Map.of("InitialCorruptCheck", true)))
                .set("quota-backend-bytes", profile.quotaBackendBytes().map(Quantity::bytes))
                .set("heartbeat-interval", profile.heartbeatInterval().map(Duration::toMillis))
                .set("election-timeout", profile.electionTimeout().map(Duration::toMillis))
                .add(input.placed(Component.ETCD))
                .add(profile.extraArgs());
        profile.snapshotCount().ifPresent(count -> flags.set("snapshot-count", count));
        HealthCheck health = input.health(Component.ETCD, "/readyz", "/readyz");
        return new ComponentBlueprint(Component.ETCD, input.release().etcdVersion(), flags.values(), Map.of(), health);
    }
}
