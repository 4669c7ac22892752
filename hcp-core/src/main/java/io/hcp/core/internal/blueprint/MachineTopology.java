package io.hcp.core.internal.blueprint;

import io.hcp.api.model.Component;
import io.hcp.api.model.IpAddress;
import java.net.URI;
import java.util.Map;
import java.util.Optional;

/** Processes of one machine: everything but the API server is on the loopback address. */
final class MachineTopology implements Topology {
    /** The rules since which watches end with the API server. */
    private static final int ENDING_WATCHES = 2;

    /** Watches end when it is told to end, and do not keep it from ending for a minute: clients watch again elsewhere. */
    private static final String WATCH_TERMINATION = "1s";

    @Override
    public IpAddress listens(Component component, BlueprintInput input) {
        return component == Component.KUBE_APISERVER
                ? input.tenant().networkProfile().address().orElse(Blueprint.LOOPBACK)
                : Blueprint.LOOPBACK;
    }

    @Override
    public URI apiServer(BlueprintInput input) {
        return BlueprintInput.url(
                listens(Component.KUBE_APISERVER, input), input.ports().apiServer());
    }

    @Override
    public Map<String, String> flags(Component component, BlueprintInput input) {
        return switch (component) {
            case ETCD -> etcd(input).values();
            case KUBE_APISERVER -> apiServerFlags(input).values();
            // One replica by construction: a lease would only delay every restart by its duration.
            case KUBE_CONTROLLER_MANAGER, KUBE_SCHEDULER ->
                new Flags().set("leader-elect", "false").values();
        };
    }

    @Override
    public TenantLayout files(Component component, TenantLayout tenant) {
        return tenant;
    }

    @Override
    public int etcdHealth(Ports ports) {
        return ports.etcdClient();
    }

    private Flags apiServerFlags(BlueprintInput input) {
        IpAddress address = listens(Component.KUBE_APISERVER, input);
        Flags flags = new Flags()
                .set("advertise-address", address)
                .set("etcd-servers", client(input))
                .set(
                        "shutdown-watch-termination-grace-period",
                        Optional.of(WATCH_TERMINATION).filter(grace -> input.revision() >= ENDING_WATCHES));
        if (address.isLoopback()) {
            // It is no valid endpoint of kubernetes.default: none is written then.
            flags.set("endpoint-reconciler-type", "none");
        }
        if (input.tenant().kubernetes().auditPolicy().isPresent()) {
            // About 500 MB of log at most, unless extra arguments say otherwise.
            flags.file("audit-log-path", input.layout().auditLog())
                    .set("audit-log-maxsize", "100")
                    .set("audit-log-maxbackup", "4");
        }
        return flags;
    }

    private Flags etcd(BlueprintInput input) {
        URI client = client(input);
        URI peer = BlueprintInput.url(Blueprint.LOOPBACK, input.ports().etcdPeer());
        return new Flags()
                .set("name", "etcd-0")
                .file("data-dir", input.layout().etcdData())
                .set("watch-progress-notify-interval", "5s")
                .set("listen-client-urls", client)
                .set("advertise-client-urls", client)
                .set("listen-peer-urls", peer)
                .set("initial-advertise-peer-urls", peer)
                .set("initial-cluster", "etcd-0=" + peer);
    }

    private URI client(BlueprintInput input) {
        return BlueprintInput.url(Blueprint.LOOPBACK, input.ports().etcdClient());
    }
}
