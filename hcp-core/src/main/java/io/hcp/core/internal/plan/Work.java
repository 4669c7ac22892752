package io.hcp.core.internal.plan;

import io.hcp.api.model.Component;
import io.hcp.api.plan.PlanStep;
import java.util.Optional;

/**
 * A step of a plan and what it means.
 *
 * @param verb what is to be done
 * @param component to which component, if to one
 * @param step the step as users see it
 */
public record Work(Task verb, Optional<Component> component, PlanStep step) {
    static String id(Task verb, Component component) {
        return verb.title() + " " + component.binaryName();
    }

    /** {@return the step's id} */
    public String id() {
        return step.id();
    }

    boolean is(Verb wanted, Component one) {
        return verb == wanted && component.filter(one::equals).isPresent();
    }
}
