package io.hcp.api.plan;

import java.util.Optional;

/**
 * A field that a plan changes.
 *
 * @param path as in the custom resource, for example {@code spec.kubernetes.version}
 * @param before the stored value as text, empty if the field was unset
 * @param after the wanted value as text, empty if the field is unset from then on
 */
public record FieldChange(String path, Optional<String> before, Optional<String> after) {}
