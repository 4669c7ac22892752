package io.hcp.core.internal.cluster.render;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.OwnerReference;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What all objects of a tenant have in common.
 *
 * @param names their names
 * @param owner the tenant's own object, with which they go; empty as long as there is none
 */
public record Frame(TenantNames names, Optional<OwnerReference> owner) {
    /** Names the tenant on all its objects. */
    public static final String TENANT_LABEL = "hcp.io/tenant";

    /** Says on a pod what it was drawn up from: another one is another pod. */
    public static final String DIGEST_ANNOTATION = "hcp.io/digest";

    /** Names the part of the tenant that an object belongs to. */
    public static final String COMPONENT_LABEL = "app.kubernetes.io/component";

    /** Says on all objects of all tenants that they are this library's. */
    public static final String MANAGED_BY_LABEL = "app.kubernetes.io/managed-by";

    /** The value of {@link #MANAGED_BY_LABEL}. */
    public static final String MANAGER = "hcp";

    /** The component whose pods run API servers. */
    public static final String CONTROL_PLANE = "control-plane";

    /** The component whose pods are members of the datastore. */
    public static final String ETCD = "etcd";

    static final String AUTHORITY = "authority";
    static final String ENCRYPTION_KEY = "encryption-key";
    static final String KUBECONFIG = "kubeconfig";

    /** What goes with the tenant. */
    ObjectMeta owned(String name, String component) {
        return metadata(name, component)
                .withOwnerReferences(owner.stream().toList())
                .build();
    }

    /** What stays when the tenant's own object is gone, until a step of its deletion takes it: nobody can make it anew. */
    ObjectMeta kept(String name, String component) {
        return metadata(name, component).build();
    }

    private ObjectMetaBuilder metadata(String name, String component) {
        return new ObjectMetaBuilder()
                .withName(name)
                .withNamespace(names.namespace())
                .withLabels(labels(component, Map.of()));
    }

    /**
     * Tells whether nobody can make anew what belongs to a part of a tenant.
     *
     * @param component as label {@link #COMPONENT_LABEL} says
     * @return true for authorities, the key of service accounts, and keys of encryption
     */
    public static boolean isIrreplaceable(String component) {
        return component.equals(AUTHORITY) || component.equals(ENCRYPTION_KEY);
    }

    /** The labels of one of the tenant's parts beside what the user wants; hcp's own win. */
    static SortedMap<String, String> with(Map<String, String> ours, Map<String, String> wanted) {
        SortedMap<String, String> all = new TreeMap<>(wanted);
        all.putAll(ours);
        return all;
    }

    SortedMap<String, String> labels(String component, Map<String, String> wanted) {
        SortedMap<String, String> labels = with(selector(component), wanted);
        labels.put(MANAGED_BY_LABEL, MANAGER);
        return labels;
    }

    /** What selects the pods of one of the tenant's parts; it can never change. */
    SortedMap<String, String> selector(String component) {
        return new TreeMap<>(Map.of(TENANT_LABEL, names.tenant(), COMPONENT_LABEL, component));
    }
}
