package io.hcp.core.internal.maintain;

import io.hcp.core.internal.time.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** A place whose tenants can be looked after, by one or more instances of this library. Thread-safe. */
public interface Maintained {
    /** {@return the time by which everything there happens} */
    Time time();

    /** {@return what the jitter of moments is drawn from} */
    RandomGenerator random();

    /**
     * Has work done later, on another thread, unless the place is closed before.
     *
     * @param delay how much later
     * @param work what to do; failures are its own
     */
    void later(Duration delay, Runnable work);

    /**
     * Becomes one of the instances that look after the tenants, and begins to tell of them.
     *
     * @param follower hears of them
     * @return close it to hear no more, and to leave the tenants to the other instances
     */
    Membership join(Follower follower);

    /** What one instance has to do with. Its methods wait for nothing, unless they say so. */
    interface Membership extends AutoCloseable {
        /**
         * Tells whether this instance is the one that looks after a tenant.
         *
         * @param tenant its name
         * @return false if another one does, or if others may believe that this one is gone
         */
        boolean isMine(String tenant);

        /**
         * Tells whether all that is known of a tenant was looked at.
         *
         * @param tenant its name
         * @return false if there may be something to do
         */
        boolean isSettled(String tenant);

        /**
         * Tells whether others have changed a tenant's description since it was read or written here. May wait for a request
         * that is under way.
         *
         * @param tenant its name
         * @return true if what is carried out is not what it says now
         */
        boolean isOutdated(String tenant);

        /**
         * Tells whether what is under way with a tenant only waits, for something that is late and that nobody here can
         * hurry: a node, an address. May wait for a request that is under way.
         *
         * @param tenant its name
         * @return true if it is known to
         */
        boolean isWaiting(String tenant);

        /**
         * Tells when something is to be done with a tenant that is well: its certificates are to be renewed. May wait for a
         * request that is under way.
         *
         * @param tenant its name
         * @return a moment; empty if none is known
         */
        Optional<Instant> due(String tenant);

        /**
         * Tells until when a tenant is to be left alone.
         *
         * @param tenant its name
         * @return a moment to come; empty if it is not
         */
        Optional<Instant> pausedUntil(String tenant);

        @Override
        void close();
    }
}
