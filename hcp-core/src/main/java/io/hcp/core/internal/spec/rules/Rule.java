package io.hcp.core.internal.spec.rules;

import io.hcp.api.model.TenantControlPlane;
import io.hcp.core.internal.spec.form.Problems;

/** Something that a description has to meet. Stateless and pure. */
@FunctionalInterface
public interface Rule {
    /**
     * Checks a description.
     *
     * @param tenant the description, with defaults resolved
     * @param problems where all that breaks the rule is noted
     */
    void check(TenantControlPlane tenant, Problems problems);
}
