package io.hcp.core.internal.blueprint;

import io.hcp.api.model.KubeconfigRequest;
import java.util.List;

/** The roles that every tenant starts with. */
public final class FirstRoles {
    /** The user in whose name this library looks at a tenant. */
    public static final String ENGINE = "hcp:engine";

    private static final String RBAC = "/apis/rbac.authorization.k8s.io/v1";

    private FirstRoles() {}

    /** {@return the roles and bindings; those that exist are left as they are} */
    public static List<TenantObject> objects() {
        return List.of(
                // What this library itself may do in a tenant: see whether pods can be created.
                TenantObject.first(RBAC + "/clusterroles", "hcp:engine", """
                        {"apiVersion": "rbac.authorization.k8s.io/v1", "kind": "ClusterRole",
                         "metadata": {"name": "hcp:engine"},
                         "rules": [{"apiGroups": [""], "resources": ["serviceaccounts"], "verbs": ["get"]}]}
                        """),
                binding("hcp:engine", "hcp:engine", "User", ENGINE),
                // The same names, groups and users as kubeadm's; the second since 1.36.1, and of use in every minor.
                binding(KubeconfigRequest.ADMINISTRATORS, "cluster-admin", "Group", KubeconfigRequest.ADMINISTRATORS),
                binding(
                        "kubeadm:apiserver-kubelet-client",
                        "system:kubelet-api-admin",
                        "User",
                        "kube-apiserver-kubelet-client"));
    }

    private static TenantObject binding(String name, String role, String subjectKind, String subject) {
        String json = """
                {"apiVersion": "rbac.authorization.k8s.io/v1", "kind": "ClusterRoleBinding",
                 "metadata": {"name": "%s"},
                 "roleRef": {"apiGroup": "rbac.authorization.k8s.io", "kind": "ClusterRole", "name": "%s"},
                 "subjects": [{"apiGroup": "rbac.authorization.k8s.io", "kind": "%s", "name": "%s"}]}
                """.formatted(name, role, subjectKind, subject);
        return TenantObject.first(RBAC + "/clusterrolebindings", name, json);
    }
}
