package io.hcp.core.internal.plan;

import io.hcp.api.plan.Plan;
import java.util.List;

/**
 * A plan and what its steps mean.
 *
 * @param plan as users see it
 * @param works its steps, in the same order
 */
public record PlannedWork(Plan plan, List<Work> works) {
    /** Copies the list. */
    public PlannedWork {
        works = List.copyOf(works);
    }
}
