package io.hcp.api;

/**
 * One aspect of how a tenant is, in the form of Kubernetes conditions.
 *
 * @param type which aspect, for example {@link #READY}
 * @param status whether it holds
 * @param reason why, as one word for programs, UpperCamelCase
 * @param message why, for people; without secrets
 * @see <a href="https://kubernetes.io/docs/reference/generated/kubernetes-api/v1.36/#condition-v1-meta">Condition</a>
 */
public record Condition(String type, Status status, String reason, String message) {
    /** The control plane serves, as {@link ControlPlane#awaitReady} describes. */
    public static final String READY = "Ready";

    /** What runs is what the stored description says; if not, {@code reconcile} makes it so. */
    public static final String RECONCILED = "Reconciled";

    /** Somebody watches over the tenant and starts again what ends. */
    public static final String MAINTAINED = "Maintained";

    /** Whether an aspect holds. */
    public enum Status {
        /** It holds. */
        TRUE,
        /** It does not. */
        FALSE,
        /** It cannot be told. */
        UNKNOWN
    }
}
