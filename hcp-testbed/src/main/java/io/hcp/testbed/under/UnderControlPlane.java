package io.hcp.testbed.under;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.hcp.api.ControlPlane;
import io.hcp.api.model.TenantControlPlane;
import io.hcp.api.progress.HcpListener;
import io.hcp.core.HostedControlPlanes;
import io.hcp.pki.Authority;
import io.hcp.pki.CertificateAuthority;
import io.hcp.pki.PkiDirectory;
import io.hcp.pki.TenantPki;
import io.hcp.testbed.Programs;
import io.hcp.testbed.under.host.Names;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** The cluster's own control plane: a tenant of the local backend that listens on the bridge. */
final class UnderControlPlane implements AutoCloseable {
    private static final String TENANT = "under";
    private static final int PORT = 6443;
    private static final Duration LIMIT = Duration.ofMinutes(60); // programs may have to be built
    private static final Duration DELETION = Duration.ofMinutes(1);
    private static final Path DIRECTORY = Names.DIRECTORY.resolve("control-plane");

    private final HostedControlPlanes hcp;
    private final ControlPlane handle;
    private final TenantPki pki;
    private final String kubeconfig;
    private final KubernetesClient client;

    UnderControlPlane(Consumer<String> progress) {
        hcp = HostedControlPlanes.local(o -> o.dataDirectory(DIRECTORY).listener(new Listener(progress)));
        TenantControlPlane description = TenantControlPlane.builder()
                .name(TENANT)
                .kubernetesVersion(Programs.KUBERNETES_VERSION)
                .networkProfile(network -> network.address(Names.BRIDGE_ADDRESS)
                        .port(PORT)
                        .podCidrs(Names.POD_NETWORK)
                        .serviceCidrs(Names.SERVICE_NETWORK))
                .build();
        handle = hcp.apply(description).awaitReady(LIMIT);
        // A kubeconfig for a node would be refused: users of the system are not for people.
        pki = PkiDirectory.at(DIRECTORY.resolve("tenants").resolve(TENANT).resolve("pki"))
                .load(List.of());
        kubeconfig = handle.kubeconfig(k -> k.user("under-admin").validFor(Duration.ofDays(30)));
        client = new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(kubeconfig))
                .build();
    }

    CertificateAuthority authority() {
        return pki.authority(Authority.CLUSTER);
    }

    String authorityPem() {
        return pki.trustBundle(Authority.CLUSTER);
    }

    URI endpoint() {
        return handle.endpoint();
    }

    String kubeconfig() {
        return kubeconfig;
    }

    KubernetesClient client() {
        return client;
    }

    @Override
    public void close() {
        client.close();
        try (hcp) {
            hcp.delete(TENANT).await(DELETION);
        }
    }

    /** Tells of downloads and builds, which take minutes. */
    private record Listener(Consumer<String> progress) implements HcpListener {
        @Override
        public void providing(String component, String activity) {
            progress.accept(component + ": " + activity);
        }
    }
}
