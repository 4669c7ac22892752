package io.hcp.core.internal.blueprint;

import io.hcp.api.model.Component;
import io.hcp.api.model.EtcdProfile;
import io.hcp.api.model.Quantity;
import io.hcp.pki.Authority;
import java.time.Duration;
import java.util.Map;

/** The tenant's own etcd, one member. */
final class EtcdBlueprint {
    private EtcdBlueprint() {}

    static ComponentBlueprint of(BlueprintInput input) {
        TenantLayout layout = input.layout();
        Ports ports = input.ports();
        String client =
                BlueprintInput.url(Blueprint.LOOPBACK, ports.etcdClient()).toString();
        String peer = BlueprintInput.url(Blueprint.LOOPBACK, ports.etcdPeer()).toString();
        EtcdProfile profile = input.tenant().dataStore().etcd();
        Flags flags = new Flags()
                .set("name", "etcd-0")
                .file("data-dir", layout.etcdData())
                .set("listen-client-urls", client)
                .set("advertise-client-urls", client)
                .set("listen-peer-urls", peer)
                .set("initial-advertise-peer-urls", peer)
                .set("initial-cluster", "etcd-0=" + peer)
                .set("client-cert-auth", "true")
                .file("trusted-ca-file", layout.trustBundle("etcd/ca"))
                .credential("cert-file", "key-file", layout, "etcd/server")
                .set("peer-client-cert-auth", "true")
                .file("peer-trusted-ca-file", layout.trustBundle("etcd/ca"))
                .credential("peer-cert-file", "peer-key-file", layout, "etcd/peer")
                .set("feature-gates", input.featureGates(Component.ETCD, Map.of("InitialCorruptCheck", true)))
                .set("watch-progress-notify-interval", "5s")
                .set("quota-backend-bytes", profile.quotaBackendBytes().map(Quantity::bytes))
                .set("heartbeat-interval", profile.heartbeatInterval().map(Duration::toMillis))
                .set("election-timeout", profile.electionTimeout().map(Duration::toMillis))
                .add(profile.extraArgs());
        profile.snapshotCount().ifPresent(count -> flags.set("snapshot-count", count));
        HealthCheck health =
                new HealthCheck(Blueprint.LOOPBACK, ports.etcdClient(), "/readyz", "/readyz", Authority.ETCD);
        return new ComponentBlueprint(Component.ETCD, input.release().etcdVersion(), flags.values(), Map.of(), health);
    }
}
