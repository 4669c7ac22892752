package io.hcp.core.internal.plan;

import io.hcp.api.model.Component;
import io.hcp.api.plan.PlanStep;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * A step of a plan and what it means.
 *
 * @param verb what is to be done
 * @param component to which component, if to one
 * @param step the step as users see it
 */
public record Work(Verb verb, Optional<Component> component, PlanStep step) {
    static Work of(Verb verb, String reason, Set<String> after) {
        return new Work(
                verb,
                Optional.empty(),
                new PlanStep(verb.title(), reason, after, Optional.empty(), Duration.ZERO, Optional.empty()));
    }

    static Work of(Verb verb, Component component, String reason, Set<String> after) {
        return new Work(
                verb,
                Optional.of(component),
                new PlanStep(
                        id(verb, component), reason, after, Optional.of(component), Duration.ZERO, Optional.empty()));
    }

    static String id(Verb verb, Component component) {
        return verb.title() + " " + component.binaryName();
    }

    /** {@return the step's id} */
    public String id() {
        return step.id();
    }
}
