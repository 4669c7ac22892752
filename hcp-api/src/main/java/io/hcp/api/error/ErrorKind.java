package io.hcp.api.error;

/** What sort of failure an {@link HcpException} is, for code that reacts to it. */
public enum ErrorKind {
    /** The description breaks a rule; nothing was written. See {@link InvalidSpecException#problems()}. */
    INVALID_SPEC(false),
    /** A precondition of the plan is not met; nothing was written. */
    BLOCKED(false),
    /** The backend cannot do that; nothing was written. */
    UNSUPPORTED(false),
    /** The world changed since the plan was made; nothing was written. */
    PLAN_STALE(true),
    /** No tenant has that name. */
    NOT_FOUND(false),
    /** Another process or another instance holds the tenant. */
    LOCKED(true),
    /** Somebody else changed the tenant at the same moment; nothing was written. */
    CONFLICT(true),
    /** The tenant is being deleted. */
    DELETING(true),
    /** A port that the tenant needs is held by another program. */
    PORT_BUSY(true),
    /** The file system lacks space. */
    DISK_FULL(true),
    /** The tenant's stored description cannot be understood. */
    RECORD_DAMAGED(false),
    /** A certificate or key of the tenant is missing or damaged and must not be made anew. */
    PKI_DAMAGED(false),
    /** A component's program is not to be had. */
    COMPONENT_UNAVAILABLE(false),
    /** A component's program has the wrong version. */
    COMPONENT_VERSION(false),
    /** A component ended, or did not become healthy. See {@link ComponentFailedException}. */
    COMPONENT_FAILED(true),
    /** The tenant's API server answered with an error. */
    TENANT_API(true),
    /** Something took longer than its limit. */
    TIMEOUT(true),
    /** The caller cancelled the operation or interrupted the thread. */
    CANCELLED(true),
    /** Reading or writing failed. */
    IO(true);

    private final boolean retryable;

    ErrorKind(boolean retryable) {
        this.retryable = retryable;
    }

    /**
     * Tells whether the same call can succeed later without another input.
     *
     * @return true if trying again makes sense
     */
    public boolean retryable() {
        return retryable;
    }
}
