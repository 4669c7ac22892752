package io.hcp.api.usage;

/** How much a tenant makes of its control plane, as {@link TenantShare} tells. */
public enum Activity {
    /** Nobody but Kubernetes itself uses it: it could be put to sleep. */
    IDLE,
    /** It is used. */
    NORMAL,
    /** It takes more than its part, and may be felt by others. */
    NOISY,
    /** It cannot be told: too little could be measured. */
    UNKNOWN
}
