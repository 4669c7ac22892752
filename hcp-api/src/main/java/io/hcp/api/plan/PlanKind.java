package io.hcp.api.plan;

/** What a plan is for. */
public enum PlanKind {
    /** To bring a tenant to a description, making it if there is none. */
    APPLY,
    /** To bring a tenant back to its stored description, or to finish what was interrupted. */
    RECONCILE,
    /** To remove a tenant. */
    DELETE
}
