package io.hcp.core.internal.cluster.resource;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The roles of the under cluster: what the library itself needs, and what people may do with tenants.
 *
 * <p>Nothing is bound here: who the library runs as is known to whoever runs it. {@code hcp-tenants} is all that is needed
 * in a namespace with tenants and can be bound in each or in the whole cluster; {@code hcp} is what has no namespace; {@code
 * hcp-usage} is for those who want to know what tenants use.
 */
final class Roles {
    private static final String RBAC = "rbac.authorization.k8s.io";
    private static final String AGGREGATE = RBAC + "/aggregate-to-";
    private static final String TENANTS = TenantDefinition.PLURAL;
    /** An object that is applied is created by a patch, which asks for both verbs. */
    private static final List<String> APPLIED = List.of("get", "list", "watch", "create", "patch", "delete");

    private Roles() {}

    static List<InstalledObject> all() {
        return List.of(
                role("hcp", cluster()),
                role("hcp-tenants", namespace()),
                role("hcp-usage", usage()),
                role("hcp-view", rule(TenantDefinition.GROUP, List.of(TENANTS), List.of("get", "list", "watch")))
                        .labelled(AGGREGATE + "view"),
                role(
                                "hcp-edit",
                                rule(
                                        TenantDefinition.GROUP,
                                        List.of(TENANTS),
                                        List.of("create", "update", "patch", "delete", "deletecollection")),
                                rule(
                                        TenantDefinition.GROUP,
                                        List.of(TENANTS + "/scale"),
                                        List.of("get", "update", "patch")))
                        .labelled(AGGREGATE + "edit"));
    }

    /** Nodes have the addresses of NodePorts. */
    private static Rule[] cluster() {
        return new Rule[] {rule("", List.of("nodes"), List.of("list"))};
    }

    /**
     * What kubelets measure is behind their proxy, and so is much more: whoever may read through it can run commands in every
     * pod of the cluster. It is a role of its own, for those who want CPU and memory measured at that price.
     */
    private static Rule[] usage() {
        return new Rule[] {rule("", List.of("nodes/proxy"), List.of("get"))};
    }

    private static Rule[] namespace() {
        return new Rule[] {
            rule(
                    TenantDefinition.GROUP,
                    List.of(TENANTS),
                    List.of("get", "list", "watch", "create", "update", "delete")),
            rule(TenantDefinition.GROUP, List.of(TENANTS + "/status"), List.of("update")),
            // Authorities and keys are created and never applied; a note on them replaces them.
            rule("", List.of("secrets"), List.of("get", "list", "watch", "create", "update", "patch", "delete")),
            rule("", List.of("services"), APPLIED),
            rule("", List.of("serviceaccounts"), APPLIED),
            rule("", List.of("persistentvolumeclaims"), List.of("list", "delete")), // the StatefulSet makes them
            // Members of etcd are exchanged one by one: those that serve are evicted, those that do not are deleted.
            rule("", List.of("pods"), List.of("list", "watch", "delete")),
            rule("", List.of("pods/eviction"), List.of("create")),
            // How the tenant's API servers are reached from outside of the cluster's network; newer API servers ask for
            // both.
            rule("", List.of("pods/portforward"), List.of("get", "create")),
            rule("apps", List.of("deployments", "statefulsets"), APPLIED),
            rule("policy", List.of("poddisruptionbudgets"), APPLIED),
            rule("", List.of("events"), List.of("get", "create", "update")),
            rule("coordination.k8s.io", List.of("leases"), List.of("get", "list", "create", "update", "delete"))
        };
    }

    private static InstalledObject role(String name, Rule... rules) {
        return InstalledObject.of(
                RBAC + "/v1",
                "ClusterRole",
                name,
                Map.of("rules", List.of(rules).stream().map(Rule::tree).toList()));
    }

    private static Rule rule(String group, List<String> resources, List<String> verbs) {
        return new Rule(group, resources, List.of(), verbs);
    }

    private record Rule(String group, List<String> resources, List<String> names, List<String> verbs) {
        Map<String, Object> tree() {
            Map<String, Object> tree = new LinkedHashMap<>();
            tree.put("apiGroups", List.of(group));
            tree.put("resources", resources);
            if (!names.isEmpty()) {
                tree.put("resourceNames", names);
            }
            tree.put("verbs", verbs);
            return tree;
        }
    }
}
