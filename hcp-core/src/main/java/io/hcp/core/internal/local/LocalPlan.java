package io.hcp.core.internal.local;

import io.hcp.api.plan.Plan;
import io.hcp.core.internal.plan.Work;
import java.util.List;

/**
 * A plan and what its steps mean.
 *
 * @param plan as users see it
 * @param works its steps
 */
record LocalPlan(Plan plan, List<Work> works) {}
