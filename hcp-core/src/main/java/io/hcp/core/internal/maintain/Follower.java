package io.hcp.core.internal.maintain;

/** Hears of tenants. Never blocks and never throws. */
public interface Follower {
    /**
     * A tenant is there. Told of all at first, of each new one, and again of each that another instance looked after.
     *
     * @param tenant its name
     * @param urgent true if something is to be done; false if it may be that nothing is
     */
    void seen(String tenant, boolean urgent);

    /**
     * Something of a tenant was changed, maybe by somebody else.
     *
     * @param tenant its name
     */
    void changed(String tenant);

    /**
     * A tenant is gone.
     *
     * @param tenant its name
     */
    void gone(String tenant);
}
