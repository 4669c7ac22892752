package io.hcp.core.internal.cluster.resource;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The roles of the under cluster: what the library itself needs, and what people may do with tenants.
 *
 * <p>Nothing is bound here: who the library runs as is known to whoever runs it. {@code hcp-tenants} is all that is needed
 * in a namespace with tenants and can be bound in each or in the whole cluster; {@code hcp} is what has no namespace.
 */
final class Roles {
    private static final String RBAC = "rbac.authorization.k8s.io";
    private static final String AGGREGATE = RBAC + "/aggregate-to-";
    private static final String TENANTS = TenantDefinition.PLURAL;
    /** An object that is applied is created by a patch, which asks for both verbs. */
    private static final List<String> OWN = List.of("get", "list", "watch", "create", "update", "patch", "delete");

    private Roles() {}

    static List<InstalledObject> all() {
        return List.of(
                role("hcp", cluster()),
                role("hcp-tenants", namespace()),
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

    /** Definitions tell whether what is installed is new enough; nodes have the addresses of NodePorts. */
    private static Rule[] cluster() {
        return new Rule[] {
            rule(TenantDefinition.GROUP, List.of(TENANTS), List.of("get", "list", "watch")),
            new Rule(
                    "apiextensions.k8s.io",
                    List.of("customresourcedefinitions"),
                    List.of(TenantDefinition.NAME),
                    List.of("get")),
            rule("", List.of("nodes"), List.of("get", "list", "watch"))
        };
    }

    private static Rule[] namespace() {
        return new Rule[] {
            rule(TenantDefinition.GROUP, List.of(TENANTS), OWN),
            rule(TenantDefinition.GROUP, List.of(TENANTS + "/status"), List.of("get", "update", "patch")),
            rule(TenantDefinition.GROUP, List.of(TENANTS + "/finalizers"), List.of("update")),
            rule("", List.of("secrets", "services", "serviceaccounts"), OWN),
            // The StatefulSet makes claims; they are looked at, grown, and deleted with the tenant.
            rule("", List.of("persistentvolumeclaims"), List.of("get", "list", "watch", "patch", "delete")),
            // Members of etcd are exchanged one by one: those that serve are evicted, those that do not are deleted.
            rule("", List.of("pods"), List.of("get", "list", "watch", "delete")),
            rule("", List.of("pods/eviction"), List.of("create")),
            rule("", List.of("pods/log"), List.of("get")),
            // How the tenant's API servers and etcd are reached from outside of the cluster's network.
            rule("", List.of("pods/portforward"), List.of("get", "create")),
            rule("", List.of("events"), List.of("list", "create", "patch")),
            rule("apps", List.of("deployments", "statefulsets"), OWN),
            rule("apps", List.of("replicasets"), List.of("get", "list", "watch")),
            rule("policy", List.of("poddisruptionbudgets"), OWN),
            rule("coordination.k8s.io", List.of("leases"), OWN)
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
