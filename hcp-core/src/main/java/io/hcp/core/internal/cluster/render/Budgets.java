package io.hcp.core.internal.cluster.render;

import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudgetBuilder;

/** PodDisruptionBudgets. */
final class Budgets {
    private Budgets() {}

    static PodDisruptionBudget oneAtATime(ObjectMeta metadata, LabelSelector pods, String unhealthy) {
        return new PodDisruptionBudgetBuilder()
                .withMetadata(metadata)
                .withNewSpec()
                .withMaxUnavailable(new IntOrString(1))
                .withSelector(pods)
                .withUnhealthyPodEvictionPolicy(unhealthy)
                .endSpec()
                .build();
    }
}
