package io.hcp.core.internal.blueprint;

import io.hcp.api.model.Component;
import io.hcp.api.model.IpAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Pods of an under cluster: API server, controller manager and scheduler share one and are replicated; each member of etcd
 * has its own, with a name of its own in DNS.
 *
 * @param etcdService the name of the headless Service of etcd, which its members are named after
 * @param namespace where the pods are
 * @param endpoint the address at which clients reach the API servers
 * @param members how many members etcd has
 */
public record PodTopology(String etcdService, String namespace, IpAddress endpoint, int members) implements Topology {
    /** Where everything listens in its own pod: as everybody who knows Kubernetes expects. */
    public static final Ports PORTS = new Ports(2379, 2380, 6443, 10257, 10259);

    /** Where the files of a container are. */
    public static final TenantLayout LAYOUT = new TenantLayout(Path.of("/etc/kubernetes"));

    /** Where the volume of an etcd member is. */
    public static final Path ETCD_VOLUME = Path.of("/var/lib/etcd");

    /** Stands for a member's own name in arguments; the kubelet replaces it. */
    public static final String MEMBER = "$(POD_NAME)";

    /** Where etcd tells health and metrics without asking for a certificate, which the kubelet has none of. */
    private static final int ETCD_HEALTH = 2381;

    private static final IpAddress ANY_IPV4 = IpAddress.parse("0.0.0.0");
    private static final IpAddress ANY_IPV6 = IpAddress.parse("::");

    /** {@return the DNS names of etcd's members, in their order} */
    public List<String> etcdHosts() {
        return IntStream.range(0, members)
                .mapToObj(number -> host(member(number)))
                .toList();
    }

    private String member(int number) {
        return etcdService + "-" + number;
    }

    /**
     * As short as all that ask can do with, who are in the same namespace: it is the first name that resolvers try, where a
     * longer one would be the third. That counts when a node is gone on which a DNS server was.
     */
    private String host(String member) {
        return member + "." + etcdService;
    }

    /** Whatever the pod's own address is: it is of the family in which the under cluster reaches Services. */
    @Override
    public IpAddress listens(Component component, BlueprintInput input) {
        return endpoint.isIpv4() ? ANY_IPV4 : ANY_IPV6;
    }

    /** The API server of the same pod: one that is cut off from the others still has its own controllers. */
    @Override
    public URI apiServer(BlueprintInput input) {
        return BlueprintInput.url(Blueprint.LOOPBACK, input.ports().apiServer());
    }

    @Override
    public Map<String, String> flags(Component component, BlueprintInput input) {
        return switch (component) {
            case ETCD -> etcd(input).values();
            case KUBE_APISERVER -> apiServerFlags(input).values();
            case KUBE_CONTROLLER_MANAGER, KUBE_SCHEDULER -> election().values();
        };
    }

    /** The files of all members are beside each other, those of each in a directory of its name. */
    @Override
    public TenantLayout files(Component component, TenantLayout tenant) {
        return component == Component.ETCD ? new TenantLayout(tenant.root().resolve(MEMBER)) : tenant;
    }

    @Override
    public int etcdHealth(Ports ports) {
        return ETCD_HEALTH;
    }

    /**
     * How an API server begins and ends. It is told to end a little after its Service was told (see the preStop hook). For
     * 10 s more it answers as ever but to {@code /readyz}, so that every node's kube-proxy has learned of it; then it
     * refuses new requests with "retry later" while it finishes the ones it has, and ends watches over 10 s, so that their
     * clients do not come back all at once elsewhere. One of a hundred requests asks its client to connect anew: so clients
     * spread over the replicas again a few minutes after one came back. The endpoints of {@code kubernetes.default} are
     * written by the engine, since API servers that end would empty them.
     */
    private Flags apiServerFlags(BlueprintInput input) {
        Flags flags = new Flags()
                .set("advertise-address", endpoint)
                .list(
                        "etcd-servers",
                        etcdHosts().stream()
                                .map(host -> url(host, input.ports().etcdClient()))
                                .toList())
                .set("endpoint-reconciler-type", "none")
                .set("shutdown-delay-duration", "10s")
                .set("shutdown-send-retry-after", "true")
                .set("shutdown-watch-termination-grace-period", "10s")
                .set("goaway-chance", "0.01");
        if (input.tenant().kubernetes().auditPolicy().isPresent()) {
            // The container's standard output, which nothing else is written to: klog has standard error.
            flags.set("audit-log-path", "-");
        }
        return flags;
    }

    /**
     * Who works of the replicas. Each renewal is a write that goes through API server, etcd and every watch of Leases: by
     * default that is the busiest thing in a tenant in which nothing happens. Renewing each 3 s instead of 2 takes a third of
     * it away, and changes nothing about how soon another replica takes over. Much longer would delay beginnings: who finds no
     * API server yet asks again only after this time.
     */
    private static Flags election() {
        return new Flags().set("leader-elect", "true").set("leader-elect-retry-period", "3s");
    }

    /**
     * One description for all members. Its data is in a directory that etcd makes itself, with the rights it wants. The API
     * server has some hundred watches of etcd, each of which is told by default of kubeadm every 5 s that nothing happened;
     * what needs to know sooner asks since Kubernetes 1.31, and what is left, bookmarks that keep a client's place from
     * being compacted away, is sent once a minute.
     *
     * <p>Members know each other by their certificates, whose authority is the tenant's own. That the address which a member
     * calls from is also the one that DNS has for its name is not asked: it would take two more answers of DNS for each
     * connection, and keep a quorum from coming together when DNS is slow.
     */
    private Flags etcd(BlueprintInput input) {
        String any = listens(Component.ETCD, input).isIpv4() ? "0.0.0.0" : "[::]";
        int client = input.ports().etcdClient();
        int peer = input.ports().etcdPeer();
        return new Flags()
                .set("name", MEMBER)
                .file("data-dir", ETCD_VOLUME.resolve("data"))
                .set("watch-progress-notify-interval", "30s")
                .set("listen-client-urls", url(any, client))
                .set("advertise-client-urls", url(host(MEMBER), client))
                .set("listen-peer-urls", url(any, peer))
                .set("initial-advertise-peer-urls", url(host(MEMBER), peer))
                .set("initial-cluster", initialCluster(peer))
                .set("initial-cluster-token", input.tenant().tenantId())
                .set("peer-skip-client-san-verification", "true")
                .set("listen-metrics-urls", "http://" + any + ":" + ETCD_HEALTH);
    }

    private String initialCluster(int port) {
        return IntStream.range(0, members)
                .mapToObj(this::member)
                .map(member -> member + "=" + url(host(member), port))
                .collect(Collectors.joining(","));
    }

    private static String url(String host, int port) {
        return "https://" + host + ":" + port;
    }
}
