package io.hcp.core.internal.cluster.resource;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An object that the library needs in the under cluster once, beside all tenants. It has no namespace. Immutable.
 *
 * @param apiVersion its API
 * @param kind its kind
 * @param name its name
 * @param labels its labels
 * @param body its other fields
 */
public record InstalledObject(
        String apiVersion, String kind, String name, Map<String, String> labels, Map<String, Object> body) {
    /** The annotation with the revision that an object is of. */
    public static final String REVISION = "hcp.io/crd-revision";

    private static final Map<String, String> LABELS = Map.of("app.kubernetes.io/managed-by", "hcp");

    static InstalledObject of(String apiVersion, String kind, String name, Map<String, Object> body) {
        return new InstalledObject(apiVersion, kind, name, LABELS, body);
    }

    InstalledObject labelled(String label) {
        Map<String, String> more = new LinkedHashMap<>(labels);
        more.put(label, "true");
        return new InstalledObject(apiVersion, kind, name, more, body);
    }

    /** {@return the object as maps, lists, text, numbers and truth values} */
    public Map<String, Object> tree() {
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("name", name);
        metadata.put("labels", labels);
        metadata.put("annotations", annotations());
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("apiVersion", apiVersion);
        tree.put("kind", kind);
        tree.put("metadata", metadata);
        tree.putAll(body);
        return tree;
    }

    /** {@return the object as the client takes it} */
    public GenericKubernetesResource resource() {
        GenericKubernetesResource resource = new GenericKubernetesResource();
        resource.setApiVersion(apiVersion);
        resource.setKind(kind);
        resource.setMetadata(new ObjectMetaBuilder()
                .withName(name)
                .withLabels(labels)
                .withAnnotations(annotations())
                .build());
        body.forEach(resource::setAdditionalProperty);
        return resource;
    }

    private static Map<String, String> annotations() {
        return Map.of(REVISION, Integer.toString(InstalledObjects.REVISION));
    }
}
