package io.hcp.testbed.fake;

import io.hcp.api.error.ErrorKind;
import java.time.Duration;

/** What goes wrong with one call of a gateway. */
public sealed interface Fault {
    /** {@return nothing goes wrong} */
    static Fault none() {
        return new None();
    }

    /**
     * The call fails, and nothing of it happens.
     *
     * @param kind what the caller gets
     * @return the fault
     */
    static Fault refused(ErrorKind kind) {
        return new Refused(kind);
    }

    /**
     * The call does what it should, and then fails for its caller. Where a lost reply cannot be imagined, as with the
     * right to change a tenant, which ends with the connection over which it was asked for, nothing of it happens.
     *
     * @param kind what the caller gets, for example {@code TIMEOUT}
     * @return the fault
     */
    static Fault lostReply(ErrorKind kind) {
        return new LostReply(kind);
    }

    /** {@return the call is done twice, as by a request that was sent again; its caller hears of the second time} */
    static Fault twice() {
        return new Twice();
    }

    /**
     * The call takes long.
     *
     * @param by how long, in the time of the world
     * @return the fault
     */
    static Fault delayed(Duration by) {
        return new Delayed(by);
    }

    /** Nothing goes wrong. */
    record None() implements Fault {}

    /**
     * See {@link #refused}.
     *
     * @param kind what the caller gets
     */
    record Refused(ErrorKind kind) implements Fault {}

    /**
     * See {@link #lostReply}.
     *
     * @param kind what the caller gets
     */
    record LostReply(ErrorKind kind) implements Fault {}

    /** See {@link #twice}. */
    record Twice() implements Fault {}

    /**
     * See {@link #delayed}.
     *
     * @param by how long
     */
    record Delayed(Duration by) implements Fault {}
}
