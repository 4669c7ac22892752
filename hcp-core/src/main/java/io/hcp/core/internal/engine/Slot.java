package io.hcp.core.internal.engine;

import io.hcp.core.internal.execute.Execution;
import io.hcp.core.internal.gateway.Lease;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the engine has in hands of one tenant. Guarded by its own monitor. */
final class Slot {
    private @Nullable Lease lease;
    private @Nullable Execution operation;
    private boolean unasked;
    private boolean retired;

    /** {@return the right to change the tenant, if it is held still} */
    Optional<Lease> lease() {
        return Optional.ofNullable(lease).filter(Lease::isHeld);
    }

    void hold(Lease fresh) {
        lease = fresh;
    }

    /** {@return the operation that is under way} */
    Optional<Execution> underWay() {
        return Optional.ofNullable(operation).filter(begun -> !begun.isEnded());
    }

    /** {@return the operation that is under way and that nobody waits for} */
    Optional<Execution> underWayUnasked() {
        return underWay().filter(begun -> unasked);
    }

    void begun(Execution fresh, boolean isUnasked) {
        operation = fresh;
        unasked = isUnasked;
    }

    /** {@return true if it was let go of, and another slot may stand for the tenant} */
    boolean isRetired() {
        return retired;
    }

    /** Lets go of the tenant for good, and returns the right that is to be given back. */
    Optional<Lease> retire() {
        retired = true;
        return Optional.ofNullable(lease);
    }
}
