package io.hcp.core.internal.plan;

import io.hcp.api.model.Component;
import io.hcp.api.model.TenantControlPlane;
import io.hcp.api.plan.PlanStep;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Steps in the making, each added after all that it waits for. Not thread-safe. */
public final class WorkList {
    private final Estimates estimates;
    private final List<Work> works = new ArrayList<>();
    private final Map<String, Set<String>> ancestors = new LinkedHashMap<>();

    /**
     * Begins a list.
     *
     * @param estimates what can be told of steps before they are done
     */
    public WorkList(Estimates estimates) {
        this.estimates = estimates;
    }

    /** Begins a list of steps with processes. */
    static WorkList of(TenantControlPlane wanted, Observed observed) {
        return new WorkList(new Estimates() {
            @Override
            public Duration expected(Task task, Optional<Component> component) {
                return Experience.expected((Verb) task, component, observed.took());
            }

            @Override
            public Optional<String> irreversible(Task task, Optional<Component> component) {
                return Irreversible.reason((Verb) task, component, wanted, observed);
            }
        });
    }

    /**
     * Adds a step that waits for all that were added before.
     *
     * @param task what sort of step
     * @param reason why it is needed
     */
    public void add(Task task, String reason) {
        add(task, Optional.empty(), reason, ids());
    }

    /**
     * Adds a step.
     *
     * @param task what sort of step
     * @param reason why it is needed
     * @param after the ids of the steps that it waits for
     */
    public void add(Task task, String reason, Set<String> after) {
        add(task, Optional.empty(), reason, after);
    }

    void add(Task task, Component component, String reason, Set<String> after) {
        add(task, Optional.of(component), reason, after);
    }

    private void add(Task verb, Optional<Component> component, String reason, Set<String> after) {
        String id = component.map(one -> Work.id(verb, one)).orElse(verb.title());
        Set<String> implied = new HashSet<>();
        after.forEach(before -> implied.addAll(ancestors.getOrDefault(before, Set.of())));
        Set<String> direct = new LinkedHashSet<>(after);
        direct.removeAll(implied);
        implied.addAll(after);
        ancestors.put(id, implied);
        works.add(new Work(
                verb,
                component,
                new PlanStep(
                        id,
                        reason,
                        direct,
                        component,
                        estimates.expected(verb, component),
                        estimates.irreversible(verb, component))));
    }

    /**
     * Tells whether there is a step.
     *
     * @param id its id
     * @return true if it was added
     */
    public boolean has(String id) {
        return ancestors.containsKey(id);
    }

    /** {@return true if nothing was added} */
    public boolean isEmpty() {
        return works.isEmpty();
    }

    /** {@return the ids of all steps} */
    public Set<String> ids() {
        return new LinkedHashSet<>(ancestors.keySet());
    }

    /** {@return the steps, each after all that it waits for} */
    public List<Work> works() {
        return works;
    }
}
