package io.hcp.core.internal.blueprint;

import io.hcp.api.model.Component;
import java.nio.file.Path;

/** kube-controller-manager. */
final class ControllerManagerBlueprint {
    private ControllerManagerBlueprint() {}

    static ComponentBlueprint of(BlueprintInput input) {
        TenantLayout layout = input.layout();
        Path kubeconfig = layout.kubeconfig(Component.KUBE_CONTROLLER_MANAGER);
        Flags flags = new Flags()
                .file("kubeconfig", kubeconfig)
                .file("authentication-kubeconfig", kubeconfig)
                .file("authorization-kubeconfig", kubeconfig)
                .set("bind-address", input.listens(Component.KUBE_CONTROLLER_MANAGER))
                .set("secure-port", input.ports().controllerManager())
                .credential("tls-cert-file", "tls-private-key-file", layout, "controller-manager-server")
                .file("client-ca-file", layout.trustBundle("ca"))
                .file("requestheader-client-ca-file", layout.trustBundle("front-proxy-ca"))
                .file("root-ca-file", layout.trustBundle("ca"))
                .set("cluster-name", "kubernetes")
                .credential("cluster-signing-cert-file", "cluster-signing-key-file", layout, "ca")
                .file("service-account-private-key-file", layout.key("sa"))
                .set("use-service-account-credentials", "true")
                .set("controllers", "*,bootstrapsigner,tokencleaner")
                .set("feature-gates", input.featureGates(Component.KUBE_CONTROLLER_MANAGER))
                .list(
                        "service-cluster-ip-range",
                        input.tenant().networkProfile().serviceCidrs())
                // See docs/design/003: the default of 20 requests a second delays readiness by 4 s at every start.
                .set("kube-api-qps", "200")
                .set("kube-api-burst", "400");
        if (!input.tenant().networkProfile().podCidrs().isEmpty()) {
            flags.set("allocate-node-cidrs", "true")
                    .list("cluster-cidr", input.tenant().networkProfile().podCidrs());
        }
        flags.add(input.placed(Component.KUBE_CONTROLLER_MANAGER))
                .add(input.tenant().controlPlane().controllerManager().extraArgs());
        HealthCheck health = input.health(Component.KUBE_CONTROLLER_MANAGER, "/healthz", "/healthz");
        return new ComponentBlueprint(
                Component.KUBE_CONTROLLER_MANAGER,
                input.version(),
                flags.values(),
                input.kubeconfig(Component.KUBE_CONTROLLER_MANAGER, "controller-manager"),
                health);
    }
}
