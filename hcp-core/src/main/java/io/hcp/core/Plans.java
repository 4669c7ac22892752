package io.hcp.core;

import io.hcp.api.plan.Plan;
import io.hcp.core.internal.spec.form.PlanDocument;

/** Plans as data, for programs that look at them before somebody applies them. People read {@link Plan#toString()}. */
public final class Plans {
    private Plans() {}

    /**
     * Writes a plan as JSON. These fields are always there:
     *
     * <ul>
     *   <li>{@code tenant}: the tenant's name
     *   <li>{@code kind}: {@code APPLY}, {@code RECONCILE} or {@code DELETE}
     *   <li>{@code digest}: see {@link Plan#digest()}
     *   <li>{@code apiGap}: how long the API will not answer at the most, as Go writes durations ({@code 11.5s})
     *   <li>{@code changes}: a list of {@code path}, {@code before} (absent if the field was unset) and {@code after}
     *       (absent if it is unset from then on), both as text
     *   <li>{@code steps}: a list of {@code id}, {@code reason}, {@code after} (ids of the steps that it waits for),
     *       {@code component} (absent if none is started or stopped), {@code expected} (a duration) and
     *       {@code irreversible} (why there is no way back; absent if there is one)
     *   <li>{@code obstacles}: a list of {@code kind}, {@code problem} and {@code remedy}; a plan that has any cannot be
     *       applied
     *   <li>{@code wanted}: the description that the plan leads to, as {@link Manifests#toJson} writes it
     * </ul>
     *
     * <p>Later versions may add fields, but do not rename or remove these.
     *
     * @param plan the plan
     * @return one document
     */
    public static String toJson(Plan plan) {
        return PlanDocument.toJson(plan);
    }
}
