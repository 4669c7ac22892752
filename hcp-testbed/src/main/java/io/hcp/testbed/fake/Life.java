package io.hcp.testbed.fake;

import io.hcp.api.error.ErrorKind;
import io.hcp.api.error.HcpException;
import io.hcp.core.internal.gateway.Lease;
import io.hcp.core.internal.time.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Whether a JVM lives, is frozen or was killed; and its writes, between which it may be. Thread-safe. */
final class Life {
    private static final long NEVER = Long.MAX_VALUE;

    private final String machine;
    private final Time time;

    /** Held while something is written, so that writes have an order and nothing follows a crash. Before any cell's. */
    private final Object writing = new Object();

    private final AtomicLong writes = new AtomicLong();
    private final AtomicLong crashAfter = new AtomicLong(NEVER);
    private final AtomicLong crashBefore = new AtomicLong(NEVER);
    private final AtomicLong freezeBefore = new AtomicLong(NEVER);
    private volatile boolean dead;
    private volatile boolean closed;
    private volatile @Nullable Instant frozenAt;
    private int blocked;

    Life(String machine, Time time) {
        this.machine = machine;
        this.time = time;
    }

    /** A change of a tenant, and what goes with it elsewhere in the world, told what the tenant was before. */
    record Change(UnaryOperator<TenantState> state, Consumer<TenantState> alongside) {}

    long writes() {
        return writes.get();
    }

    boolean isDead() {
        return dead;
    }

    boolean isClosed() {
        return closed;
    }

    /** Leases are renewed all the time, but not by the dead and the frozen. */
    boolean keepsLeases() {
        Instant since = frozenAt;
        boolean expired =
                since != null && Duration.between(since, time.instant()).compareTo(FakeWorld.LEASE_LASTS) >= 0;
        return !dead && !closed && !expired;
    }

    void crashAfter(long more) {
        crashAfter.set(writes.get() + more);
    }

    void crashBefore(long more) {
        crashBefore.set(writes.get() + more);
    }

    void freezeBefore(long more) {
        freezeBefore.set(writes.get() + more);
    }

    void close() {
        closed = true;
    }

    synchronized void crash() {
        dead = true;
        notifyAll();
    }

    synchronized void freeze() {
        if (frozenAt == null) {
            frozenAt = time.instant();
        }
    }

    synchronized void thaw() {
        frozenAt = null;
        notifyAll();
    }

    /** Blocks while the JVM is frozen. */
    synchronized void requireAlive() {
        while (frozenAt != null && !dead) {
            blocked++;
            notifyAll();
            try {
                wait();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw Time.cancelled();
            } finally {
                blocked--;
            }
        }
        if (dead) {
            throw new Crashed(machine);
        }
    }

    /** Waits, in the time of the test, until a call is blocked. */
    synchronized boolean awaitBlocked(Duration limit) throws InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        while (blocked == 0 && System.nanoTime() < end) {
            TimeUnit.NANOSECONDS.timedWait(this, Math.max(1, end - System.nanoTime()));
        }
        return blocked > 0;
    }

    /** Makes a single write, if there is anything to change: whole or not at all. */
    void write(TenantCell cell, Lease lease, Change change) {
        do {
            requireAlive();
        } while (!tryWrite(cell, lease, change));
    }

    /** Returns false if the JVM was frozen instead. */
    private boolean tryWrite(TenantCell cell, Lease lease, Change change) {
        synchronized (writing) {
            if (frozenAt != null || dead) {
                return false;
            }
            synchronized (cell) {
                requireHeld(cell, lease);
                TenantState before = cell.state();
                TenantState next = change.state().apply(before);
                if (next.equals(before)) {
                    return true;
                }
                long number = writes.get() + 1;
                if (freezeBefore.compareAndSet(number, NEVER)) {
                    freeze();
                    return false;
                }
                if (crashBefore.get() == number) {
                    crash();
                    return false;
                }
                writes.set(number);
                cell.set(next);
                change.alongside().accept(before);
                if (crashAfter.get() == number) {
                    crash();
                    throw new Crashed(machine);
                }
                return true;
            }
        }
    }

    /** Does what this JVM does by itself, if it can. */
    void ifAwake(Runnable work) {
        synchronized (writing) {
            if (!dead && !closed && frozenAt == null) {
                work.run();
            }
        }
    }

    void requireHeld(TenantCell cell, Lease lease) {
        boolean held = lease instanceof FakeLease mine
                && mine.machine().life() == this
                && mine.tenant().equals(cell.name())
                && mine.isHeld();
        if (!held) {
            String holder = cell.holder().map(FakeMachine::toString).orElse("nobody");
            throw new HcpException(
                    ErrorKind.LOCKED,
                    "%s may no longer change tenant \"%s\": it is held by %s".formatted(machine, cell.name(), holder),
                    "make the same call again: it takes the right anew");
        }
    }
}
