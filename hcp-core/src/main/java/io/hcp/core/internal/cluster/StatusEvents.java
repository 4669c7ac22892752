package io.hcp.core.internal.cluster;

import io.hcp.api.Condition;
import io.hcp.core.internal.cluster.form.ClusterObject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a new status is worth an event for: conditions that have another status or another reason than before. That something
 * is under way is not: its steps follow each other in seconds, and what they wait for has a reason of its own. Pure.
 */
final class StatusEvents {
    /**
     * What is told.
     *
     * @param warning true if somebody should look at it
     * @param reason as one word for programs
     * @param message for people, with the remedy if there is one
     */
    record Told(boolean warning, String reason, String message) {}

    private StatusEvents() {}

    /** Each reason is told once; that all is as described goes without saying where the tenant has become ready. */
    static List<Told> between(ClusterObject before, ClusterObject after) {
        List<Told> told = new ArrayList<>();
        Set<String> reasons = new HashSet<>();
        boolean readyChanged = false;
        for (String type : List.of(Condition.READY, Condition.RECONCILED)) {
            Optional<Map<String, Object>> now = condition(after, type);
            if (now.isEmpty()
                    || isUnderWay(now.get())
                    || said(condition(before, type)).equals(said(now))) {
                continue;
            }
            boolean holds = "True".equals(now.get().get("status"));
            String reason = String.valueOf(now.get().get("reason"));
            if (reasons.add(reason) && !(holds && readyChanged)) {
                told.add(new Told(
                        !holds && isWarning(reason),
                        reason,
                        String.valueOf(now.get().get("message"))));
            }
            readyChanged |= type.equals(Condition.READY);
        }
        return told;
    }

    private static boolean isWarning(String reason) {
        return !reason.equals("Deleting");
    }

    private static boolean isUnderWay(Map<String, Object> condition) {
        return "Progressing".equals(condition.get("reason"));
    }

    private static String said(Optional<Map<String, Object>> condition) {
        return condition
                .map(found -> found.get("status") + " " + found.get("reason"))
                .orElse("");
    }

    private static Optional<Map<String, Object>> condition(ClusterObject object, String type) {
        return object.objects("status", "conditions").stream()
                .filter(condition -> type.equals(condition.get("type")))
                .findFirst();
    }
}
