package io.hcp.testbed.maintain;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** What objects have in common that were made of the same descriptions: all that is neither generated nor told by controllers. */
final class Likeness {
    private static final KubernetesSerialization JSON = new KubernetesSerialization();
    private static final String GENERATED = "[0-9a-f]{8}-[0-9a-f-]{27}|[0-9a-f]{16,}|\\b[a-z0-9]{16}\\b|10(\\.\\d+){3}";

    private Likeness() {}

    static SortedMap<String, String> of(List<HasMetadata> objects) {
        SortedMap<String, String> likeness = new TreeMap<>();
        objects.forEach(object ->
                likeness.put(object.getKind() + " " + object.getMetadata().getName(), text(object)));
        return likeness;
    }

    private static String text(HasMetadata object) {
        Map<String, Object> kept = new TreeMap<>();
        kept.put("labels", new TreeMap<>(orEmpty(object.getMetadata().getLabels())));
        Map<String, String> annotations =
                new TreeMap<>(orEmpty(object.getMetadata().getAnnotations()));
        annotations.keySet().removeIf(key -> key.startsWith("deployment.kubernetes.io/"));
        kept.put("annotations", object instanceof Secret ? annotations.keySet() : annotations);
        kept.put("owners", object.getMetadata().getOwnerReferences().size());
        kept.put("finalizers", object.getMetadata().getFinalizers());
        if (object instanceof Secret secret) {
            kept.put("data", new TreeSet<>(orEmpty(secret.getData()).keySet()));
        } else {
            kept.put("spec", spec(object));
        }
        return JSON.asJson(kept).replaceAll(GENERATED, "#");
    }

    private static Object spec(HasMetadata object) {
        GenericKubernetesResource whole = JSON.convertValue(object, GenericKubernetesResource.class);
        Object spec = whole.get("spec");
        return spec == null ? "" : spec;
    }

    private static Map<String, String> orEmpty(Map<String, String> map) {
        return map == null ? Map.of() : map;
    }
}
