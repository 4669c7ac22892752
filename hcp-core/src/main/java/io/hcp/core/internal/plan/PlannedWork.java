package io.hcp.core.internal.plan;

import io.hcp.api.plan.Plan;
import io.hcp.core.internal.spec.TenantRecord;
import java.util.List;
import java.util.Optional;

/**
 * A plan and what its steps mean.
 *
 * @param plan as users see it
 * @param works its steps, in the same order
 * @param from the record that it starts from
 */
public record PlannedWork(Plan plan, List<Work> works, Optional<TenantRecord> from) {
    /** Copies the list. */
    public PlannedWork {
        works = List.copyOf(works);
    }
}
