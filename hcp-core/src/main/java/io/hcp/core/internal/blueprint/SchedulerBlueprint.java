package io.hcp.core.internal.blueprint;

import io.hcp.api.model.Component;
import io.hcp.pki.Authority;
import java.nio.file.Path;

/** kube-scheduler. */
final class SchedulerBlueprint {
    private SchedulerBlueprint() {}

    static ComponentBlueprint of(BlueprintInput input) {
        TenantLayout layout = input.layout();
        Path kubeconfig = layout.kubeconfig(Component.KUBE_SCHEDULER);
        Flags flags = new Flags()
                .file("kubeconfig", kubeconfig)
                .file("authentication-kubeconfig", kubeconfig)
                .file("authorization-kubeconfig", kubeconfig)
                .set("bind-address", Blueprint.LOOPBACK)
                .set("secure-port", input.ports().scheduler())
                .credential("tls-cert-file", "tls-private-key-file", layout, "scheduler-server")
                .set("feature-gates", input.featureGates(Component.KUBE_SCHEDULER))
                .set("leader-elect", "false")
                .add(input.tenant().controlPlane().scheduler().extraArgs());
        HealthCheck health = new HealthCheck(
                Blueprint.LOOPBACK, input.ports().scheduler(), "/healthz", "/readyz", Authority.CLUSTER);
        return new ComponentBlueprint(
                Component.KUBE_SCHEDULER,
                input.version(),
                flags.values(),
                input.kubeconfig(Component.KUBE_SCHEDULER, "scheduler"),
                health);
    }
}
