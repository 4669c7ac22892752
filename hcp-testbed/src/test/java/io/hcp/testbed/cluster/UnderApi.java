package io.hcp.testbed.cluster;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.hcp.api.model.AuditPolicy;
import io.hcp.api.model.TenantControlPlane;
import io.hcp.core.HostedControlPlanes;
import io.hcp.core.LocalOptions;
import io.hcp.testbed.Kubectl;
import io.hcp.testbed.Programs;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/** A local control plane, without nodes, in the part of the under cluster. */
public final class UnderApi implements AutoCloseable {
    /** Long enough for programs to be built first. */
    private static final Duration LIMIT = Duration.ofMinutes(40);

    private static final String AUDIT_LOG = "--audit-log-path=";

    private final HostedControlPlanes hcp = HostedControlPlanes.local(LocalOptions::ephemeral);
    private final String kubeconfig;
    private final KubernetesClient client;

    /** Starts it, and waits for it. */
    public UnderApi() {
        this(Optional.empty());
    }

    /** Starts one that logs requests, and waits for it. */
    public UnderApi(AuditPolicy policy) {
        this(Optional.of(policy));
    }

    private UnderApi(Optional<AuditPolicy> policy) {
        kubeconfig = hcp.apply(TenantControlPlane.builder()
                        .name("under")
                        .kubernetesVersion(Programs.KUBERNETES_VERSION)
                        .kubernetes(kubernetes -> kubernetes.auditPolicy(policy))
                        .build())
                .awaitReady(LIMIT)
                .kubeconfig(k -> k.user("admin"));
        client = client("somebody");
    }

    /** The client of somebody who is not the library. */
    public KubernetesClient client() {
        return client;
    }

    /** A client with a name of its own, for who has to be told from others; to be closed by who asked for it. */
    public KubernetesClient client(String agent) {
        return new KubernetesClientBuilder().withConfig(config(agent)).build();
    }

    /** The configuration of an administrator. */
    public Config config(String agent) {
        Config config = Config.fromKubeconfig(kubeconfig);
        config.setUserAgent(agent);
        return config;
    }

    /** The kubeconfig of an administrator. */
    public String kubeconfig() {
        return kubeconfig;
    }

    Kubectl kubectl() {
        return new Kubectl(kubeconfig);
    }

    /** Where requests are logged. */
    public Path auditLog() {
        return ProcessHandle.current()
                .descendants()
                .flatMap(process -> process.info().arguments().stream())
                .flatMap(Arrays::stream)
                .filter(argument -> argument.startsWith(AUDIT_LOG))
                .map(argument -> Path.of(argument.substring(AUDIT_LOG.length())))
                .findFirst()
                .orElseThrow();
    }

    @Override
    public void close() {
        client.close();
        hcp.close();
    }
}
