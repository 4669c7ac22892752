package io.hcp.core.internal.cluster.resource;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.hcp.api.error.InvalidSpecException;
import io.hcp.api.model.TenantControlPlane;
import io.hcp.core.internal.spec.form.Problems;
import io.hcp.core.internal.spec.form.TenantForm;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Descriptions and their statuses as custom resources. Pure. */
public final class TenantResources {
    private static final String SPEC = "spec";
    private static final String STATUS = "status";

    private TenantResources() {}

    /**
     * Writes a description.
     *
     * @param tenant the description
     * @param namespace where it shall be
     * @return the resource, without status
     */
    public static GenericKubernetesResource resource(TenantControlPlane tenant, String namespace) {
        Map<String, Object> tree = TenantForm.TENANT.write(tenant);
        GenericKubernetesResource resource = new GenericKubernetesResource();
        resource.setApiVersion((String) tree.get("apiVersion"));
        resource.setKind((String) tree.get("kind"));
        resource.setMetadata(new ObjectMetaBuilder()
                .withName(tenant.name())
                .withNamespace(namespace)
                .build());
        resource.setAdditionalProperty(SPEC, tree.get(SPEC));
        return resource;
    }

    /**
     * Reads a description.
     *
     * @param resource as the API server has it
     * @return the description; its rules are not checked
     * @throws InvalidSpecException with everything that is no field or has the wrong form: the definition may be newer
     */
    public static TenantControlPlane description(GenericKubernetesResource resource) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("apiVersion", resource.getApiVersion());
        tree.put("kind", resource.getKind());
        tree.put("metadata", Map.of("name", resource.getMetadata().getName()));
        tree.put(SPEC, resource.getAdditionalProperties().getOrDefault(SPEC, Map.of()));
        Problems problems = new Problems();
        Optional<TenantControlPlane> read = TenantForm.TENANT.read(tree, "", problems);
        problems.throwIfAny();
        return read.orElseThrow();
    }

    /**
     * Writes a status.
     *
     * @param status the status
     * @return what goes into field {@code status}
     */
    public static Map<String, Object> status(TenantStatus status) {
        return StatusForm.STATUS.write(status);
    }

    /**
     * Reads a status.
     *
     * @param resource as the API server has it
     * @return the status; empty if there is none, or if a newer library wrote more than is known here
     */
    public static Optional<TenantStatus> status(GenericKubernetesResource resource) {
        return Optional.ofNullable(resource.getAdditionalProperties().get(STATUS))
                .flatMap(tree -> StatusForm.STATUS.read(tree, STATUS, new Problems()));
    }
}
