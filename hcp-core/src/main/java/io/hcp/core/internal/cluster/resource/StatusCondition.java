package io.hcp.core.internal.cluster.resource;

import io.hcp.api.Condition;
import java.time.Instant;

/**
 * A condition as it is stored.
 *
 * @param condition what is said
 * @param lastTransitionTime since when its status is as it is
 * @param observedGeneration the generation of the description that it is about
 */
public record StatusCondition(Condition condition, Instant lastTransitionTime, long observedGeneration) {}
