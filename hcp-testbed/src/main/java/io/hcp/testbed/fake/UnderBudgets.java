package io.hcp.testbed.fake;

import io.hcp.api.error.ErrorKind;
import io.hcp.api.error.HcpException;
import io.hcp.core.internal.cluster.form.ClusterObject;
import io.hcp.core.internal.cluster.form.Kind;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** PodDisruptionBudgets of an imagined under cluster: how many pods may be taken away, and who is asked. */
final class UnderBudgets {
    private static final String ALLOWED = "disruptionsAllowed";
    private static final String HEALTHY = "currentHealthy";
    private static final String DESIRED = "desiredHealthy";

    private final UnderWorld world;

    UnderBudgets(UnderWorld world) {
        this.world = world;
    }

    private List<ClusterObject> pods(ClusterObject budget) {
        Map<String, Object> labels = budget.object("spec", "selector", "matchLabels");
        return world.all().stream()
                .filter(object -> object.kind().equals(Kind.POD))
                .filter(pod -> pod.object("metadata", "labels").entrySet().containsAll(labels.entrySet()))
                .toList();
    }

    static boolean isReady(ClusterObject pod) {
        return pod.objects("status", "conditions").stream()
                .anyMatch(condition -> "Ready".equals(condition.get("type")) && "True".equals(condition.get("status")));
    }

    /** Tells on each budget what it allows. */
    void settle() {
        world.all().stream()
                .filter(object -> object.kind().equals(Kind.DISRUPTION_BUDGET))
                .forEach(budget -> {
                    List<ClusterObject> pods = pods(budget);
                    long healthy = pods.stream().filter(UnderBudgets::isReady).count();
                    long desired = budget.object("spec").containsKey("minAvailable")
                            ? budget.number("spec", "minAvailable")
                            : Math.max(0, pods.size() - budget.number("spec", "maxUnavailable"));
                    Map<String, Object> status = new LinkedHashMap<>();
                    status.put("observedGeneration", budget.number("metadata", "generation"));
                    status.put(HEALTHY, healthy);
                    status.put(DESIRED, desired);
                    status.put(ALLOWED, Math.max(0, healthy - desired));
                    world.place(budget.with(status, "status"));
                });
    }

    /** What is against an eviction. */
    Optional<String> refusal(ClusterObject pod) {
        List<ClusterObject> budgets = world.all().stream()
                .filter(object -> object.kind().equals(Kind.DISRUPTION_BUDGET))
                .filter(budget -> pods(budget).contains(pod))
                .toList();
        if (budgets.size() > 1) {
            throw new HcpException(
                    ErrorKind.BLOCKED, pod + " has more than one PodDisruptionBudget", "remove all but one of them");
        }
        return budgets.stream()
                .filter(budget -> !isAllowed(budget, pod))
                .map(budget -> "The disruption budget %s needs %d healthy pods and has %d currently"
                        .formatted(budget.name(), budget.number("status", DESIRED), budget.number("status", HEALTHY)))
                .findFirst();
    }

    /** One that is not healthy does not count, as long as enough others are. */
    private static boolean isAllowed(ClusterObject budget, ClusterObject pod) {
        return isReady(pod)
                ? budget.number("status", ALLOWED) > 0
                : budget.text("spec", "unhealthyPodEvictionPolicy")
                                .filter("AlwaysAllow"::equals)
                                .isPresent()
                        || budget.number("status", HEALTHY) >= budget.number("status", DESIRED);
    }
}
