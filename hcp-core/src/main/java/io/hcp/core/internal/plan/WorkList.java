package io.hcp.core.internal.plan;

import io.hcp.api.model.Component;
import io.hcp.api.model.TenantControlPlane;
import io.hcp.api.plan.PlanStep;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Steps in the making, each added after all that it waits for. Not thread-safe. */
final class WorkList {
    private final TenantControlPlane wanted;
    private final Observed observed;
    private final List<Work> works = new ArrayList<>();
    private final Map<String, Set<String>> ancestors = new LinkedHashMap<>();

    WorkList(TenantControlPlane wanted, Observed observed) {
        this.wanted = wanted;
        this.observed = observed;
    }

    /** Adds a step that waits for all that were added before. */
    void add(Verb verb, String reason) {
        add(verb, Optional.empty(), reason, ids());
    }

    void add(Verb verb, String reason, Set<String> after) {
        add(verb, Optional.empty(), reason, after);
    }

    void add(Verb verb, Component component, String reason, Set<String> after) {
        add(verb, Optional.of(component), reason, after);
    }

    private void add(Verb verb, Optional<Component> component, String reason, Set<String> after) {
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
                        Experience.expected(verb, component, observed.took()),
                        Irreversible.reason(verb, component, wanted, observed))));
    }

    boolean has(String id) {
        return ancestors.containsKey(id);
    }

    boolean isEmpty() {
        return works.isEmpty();
    }

    Set<String> ids() {
        return new LinkedHashSet<>(ancestors.keySet());
    }

    List<Work> works() {
        return works;
    }
}
