package io.hcp.testbed.fake;

import io.hcp.api.error.ErrorKind;
import io.hcp.api.error.HcpException;
import io.hcp.core.internal.time.Time;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Lets one thread at a time choose ports, and takes the turn away from one whose JVM is dead or frozen for long. */
final class Choosing {
    /** How long until it is looked again whether the one whose turn it is still lives; nobody tells when it freezes. */
    private static final long LOOK_AGAIN_MILLIS = 5;

    private @Nullable Turn turn;

    /**
     * Somebody's turn.
     *
     * @param machine whose it is
     * @param thread who chooses
     */
    record Turn(FakeMachine machine, Thread thread) {}

    synchronized Turn begin(FakeMachine machine) {
        Turn mine = new Turn(machine, Thread.currentThread());
        while (turn != null && turn.machine().keepsLeases()) {
            if (turn.thread() == mine.thread()) {
                throw new IllegalStateException("ports are being chosen by this thread already");
            }
            try {
                TimeUnit.MILLISECONDS.timedWait(this, LOOK_AGAIN_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw Time.cancelled();
            }
        }
        turn = mine;
        return mine;
    }

    synchronized void end(Turn ended) {
        if (ended.equals(turn)) {
            turn = null;
            notifyAll();
        }
    }

    /** Refuses those whose turn was taken away while they chose. */
    synchronized void requireTurn(Turn mine) {
        if (!mine.equals(turn)) {
            throw new HcpException(
                    ErrorKind.LOCKED,
                    "ports are being chosen by " + (turn == null ? "nobody" : turn.machine())
                            + ", whose turn it is now",
                    "choose again");
        }
    }
}
