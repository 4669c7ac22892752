package io.hcp.testbed.fields;

import io.hcp.api.model.TenantControlPlane;
import java.util.function.UnaryOperator;

/**
 * A change of one field.
 *
 * @param path the field in the resource, with {@code []} for elements of lists and maps, for example
 *     {@code spec.kubernetes.featureGates[]}
 * @param change sets the field to something else, in a description like {@link FieldSamples#base}; fields that exclude it or
 *     that it needs change with it
 */
public record FieldSample(String path, UnaryOperator<TenantControlPlane> change) {
    @Override
    public String toString() {
        return path;
    }
}
