package io.hcp.core.internal.local;

import io.hcp.api.model.KubeconfigRequest;
import java.util.List;

/** The roles that every tenant starts with. */
final class FirstRoles {
    private static final String RBAC = "/apis/rbac.authorization.k8s.io/v1";

    private FirstRoles() {}

    /**
     * An object to create in a tenant.
     *
     * @param path where to POST it
     * @param json the object
     */
    record TenantObject(String path, String json) {}

    static List<TenantObject> objects() {
        return List.of(
                // What this library itself may do in a tenant: see whether pods can be created.
                new TenantObject(RBAC + "/clusterroles", """
                        {"apiVersion": "rbac.authorization.k8s.io/v1", "kind": "ClusterRole",
                         "metadata": {"name": "hcp:engine"},
                         "rules": [{"apiGroups": [""], "resources": ["serviceaccounts"], "verbs": ["get"]}]}
                        """),
                binding("hcp:engine", "hcp:engine", "User", TenantClient.ENGINE),
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
        return new TenantObject(RBAC + "/clusterrolebindings", json);
    }
}
