package io.hcp.api.plan;

import java.util.stream.Collectors;

/** Plans as people read them. */
final class PlanText {
    private PlanText() {}

    static String of(Plan plan) {
        String title = "Plan for tenant \"%s\", Kubernetes %s"
                .formatted(plan.wanted().name(), plan.wanted().kubernetesVersion());
        if (plan.isEmpty()) {
            return title + ": nothing to do";
        }
        int width =
                plan.steps().stream().mapToInt(step -> step.id().length()).max().orElse(0);
        return plan.steps().stream()
                .map(step -> ("  %-" + width + "s  %s").formatted(step.id(), step.reason()))
                .collect(Collectors.joining(
                        "\n",
                        title + ": " + plan.steps().size() + (plan.steps().size() == 1 ? " step\n" : " steps\n"),
                        ""));
    }
}
