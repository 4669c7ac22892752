package io.hcp.api.plan;

import io.hcp.api.model.Component;
import io.hcp.api.model.TenantControlPlane;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What would be done with a tenant. {@link #toString()} is meant for people to read before they agree. Immutable.
 *
 * <p>How long the API will not answer is predicted so: from the beginning of the first step that stops kube-apiserver or
 * etcd to the end of the last one that starts either, along the steps that wait for each other and take longest, each as
 * long as {@link PlanStep#expected}. If one of the two does not run now, the time counts from the beginning of the plan. It
 * is zero if neither is stopped or started, and for a tenant that has never served: nobody misses its API.
 *
 * @param kind what the plan is for
 * @param wanted the description that the plan leads to, with its defaults resolved; of a deletion the stored one
 * @param changes the fields of the description that change
 * @param steps the work, each step after all that it waits for; empty if nothing is to be done
 * @param obstacles what keeps the plan from being applied
 * @param apiGap how long the tenant's API will not answer at the most, as far as can be told before; zero for a deletion,
 *     after which it never does
 * @param digest a fingerprint of the description, of the steps, and of what they take for granted; not of mere status
 */
public record Plan(
        PlanKind kind,
        TenantControlPlane wanted,
        List<FieldChange> changes,
        List<PlanStep> steps,
        List<Obstacle> obstacles,
        Duration apiGap,
        String digest) {
    /** Copies the lists, keeping nothing of the caller's. */
    public Plan {
        changes = List.copyOf(changes);
        steps = List.copyOf(steps);
        obstacles = List.copyOf(obstacles);
    }

    /**
     * Tells whether there is nothing to do.
     *
     * @return true if the tenant already is as described
     */
    public boolean isEmpty() {
        return steps.isEmpty();
    }

    /**
     * Returns the components that run and will be stopped, and those that will be started.
     *
     * @return in the order of the enumeration
     */
    public Set<Component> touches() {
        Set<Component> touched = EnumSet.noneOf(Component.class);
        steps.forEach(step -> step.component().ifPresent(touched::add));
        return touched;
    }

    /**
     * Returns why the present state cannot be had back once the plan is carried out.
     *
     * @return a reason for each step from which there is no way back; empty if applying the old description undoes it all
     */
    public List<String> irreversible() {
        return steps.stream()
                .map(PlanStep::irreversible)
                .flatMap(Optional::stream)
                .toList();
    }

    /** Returns the plan as readable text. */
    @Override
    public String toString() {
        return PlanText.of(this);
    }
}
