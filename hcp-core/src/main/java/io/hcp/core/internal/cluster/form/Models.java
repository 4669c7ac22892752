package io.hcp.core.internal.cluster.form;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.Map;

/** Makes trees of typed objects. */
public final class Models {
    private static final KubernetesSerialization JSON = new KubernetesSerialization();

    private Models() {}

    /**
     * Makes a tree.
     *
     * @param typed an object of one of {@link Kind#OWNED}
     * @return the same object; what is not set is not there
     */
    @SuppressWarnings("unchecked")
    public static ClusterObject tree(HasMetadata typed) {
        Map<String, Object> tree = JSON.unmarshal(JSON.asJson(typed), Map.class);
        return new ClusterObject(kind(typed.getKind()), tree);
    }

    private static Kind kind(String name) {
        return Kind.OWNED.stream()
                .filter(kind -> kind.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no kind " + name));
    }
}
