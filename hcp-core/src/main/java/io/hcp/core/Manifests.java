package io.hcp.core;

import io.hcp.api.error.InvalidSpecException;
import io.hcp.api.model.TenantControlPlane;
import io.hcp.core.internal.spec.form.Documents;

/**
 * Descriptions of tenants as text: the custom resource {@code TenantControlPlane} of {@code hcp.io/v1alpha1}, for
 * configuration files and GitOps.
 */
public final class Manifests {
    private Manifests() {}

    /**
     * Reads a description. Checks its form only: what {@code plan} and {@code apply} check, such as ranges that overlap,
     * is left to them. Durations are written as Go does ({@code 8760h}, {@code 100ms}), quantities as Kubernetes does
     * ({@code 8Gi}).
     *
     * @param yamlOrJson one document
     * @return the description
     * @throws InvalidSpecException with everything that is no field, has the wrong form, or is required and missing,
     *     each with its path, for example {@code spec.networkProfile.serviceCidrs[1]}
     */
    public static TenantControlPlane read(String yamlOrJson) {
        return Documents.read(yamlOrJson);
    }

    /**
     * Writes a description as YAML. What is not set is left out; fields have a fixed order, sets and maps are sorted.
     *
     * @param tenant the description
     * @return a document that {@link #read} reads to the same description
     */
    public static String toYaml(TenantControlPlane tenant) {
        return Documents.toYaml(tenant);
    }

    /**
     * Writes a description as JSON, in the same order as {@link #toYaml}.
     *
     * @param tenant the description
     * @return a document that {@link #read} reads to the same description
     */
    public static String toJson(TenantControlPlane tenant) {
        return Documents.toJson(tenant);
    }
}
