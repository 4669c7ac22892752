package io.hcp.core.internal.blueprint;

import io.hcp.api.model.Component;
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
                .set("bind-address", input.listens(Component.KUBE_SCHEDULER))
                .set("secure-port", input.ports().scheduler())
                .credential("tls-cert-file", "tls-private-key-file", layout, "scheduler-server")
                .set("feature-gates", input.featureGates(Component.KUBE_SCHEDULER))
                .add(input.placed(Component.KUBE_SCHEDULER))
                .add(input.tenant().controlPlane().scheduler().extraArgs());
        HealthCheck health = input.health(Component.KUBE_SCHEDULER, "/healthz", "/readyz");
        return new ComponentBlueprint(
                Component.KUBE_SCHEDULER,
                input.version(),
                flags.values(),
                input.kubeconfig(Component.KUBE_SCHEDULER, "scheduler"),
                health);
    }
}
