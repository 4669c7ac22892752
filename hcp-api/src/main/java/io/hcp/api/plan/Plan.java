package io.hcp.api.plan;

import io.hcp.api.model.TenantControlPlane;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What would be done to bring a tenant to its description. {@link #toString()} is meant for people to read before they
 * agree.
 *
 * @param wanted the description that the plan leads to
 * @param steps the work, each step after all that it waits for; empty if nothing is to be done
 */
public record Plan(TenantControlPlane wanted, List<PlanStep> steps) {
    /** Copies the list, keeping nothing of the caller's. */
    public Plan {
        steps = List.copyOf(steps);
    }

    /**
     * Tells whether the tenant already is as described.
     *
     * @return true if there is nothing to do
     */
    public boolean isEmpty() {
        return steps.isEmpty();
    }

    /** Returns the plan as readable text, a line per step. */
    @Override
    public String toString() {
        String title = "Plan for tenant \"%s\", Kubernetes %s".formatted(wanted.name(), wanted.kubernetesVersion());
        if (isEmpty()) {
            return title + ": nothing to do";
        }
        int width = steps.stream().mapToInt(step -> step.id().length()).max().orElse(0);
        return steps.stream()
                .map(step -> ("  %-" + width + "s  %s").formatted(step.id(), step.reason()))
                .collect(Collectors.joining(
                        "\n", title + ": " + steps.size() + (steps.size() == 1 ? " step\n" : " steps\n"), ""));
    }
}
