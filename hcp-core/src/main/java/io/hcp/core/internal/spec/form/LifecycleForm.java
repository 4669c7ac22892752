package io.hcp.core.internal.spec.form;

import io.hcp.api.model.DeletionPolicy;
import io.hcp.api.model.LifecycleProfile;
import java.util.List;

/** The fields of {@code lifecycle}. */
final class LifecycleForm {
    static final ObjectForm<LifecycleProfile, LifecycleProfile.Builder> LIFECYCLE = new ObjectForm<>(
            LifecycleProfile::builder,
            LifecycleProfile.Builder::build,
            List.of(Field.optional(
                    "deletionPolicy",
                    Codecs.oneOf(DeletionPolicy.values()),
                    LifecycleProfile::deletionPolicy,
                    (b, policy) -> b.deletionPolicy(policy))));

    private LifecycleForm() {}
}
