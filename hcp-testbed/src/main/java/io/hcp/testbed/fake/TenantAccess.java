package io.hcp.testbed.fake;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.hcp.api.error.ErrorKind;
import io.hcp.api.error.HcpException;
import io.hcp.core.internal.gateway.Lease;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** How one JVM's gateways to one tenant read and write. Thread-safe. */
final class TenantAccess {
    /** After this time an old view is renewed by itself. */
    private static final Duration VIEW_CATCHES_UP = Duration.ofSeconds(5);

    private final FakeMachine machine;
    private final TenantCell cell;
    private @Nullable TenantState old;
    private Instant oldUntil = Instant.MIN;
    private boolean fresh;

    TenantAccess(FakeMachine machine, TenantCell cell) {
        this.machine = machine;
        this.cell = cell;
    }

    String tenant() {
        return cell.name();
    }

    FakeMachine machine() {
        return machine;
    }

    FakeWorld world() {
        return machine.world();
    }

    TenantCell cell() {
        return cell;
    }

    <T> T read(String name, Function<TenantState, T> body) {
        return machine.door().pass(name, tenant(), Door.Sort.READ, () -> body.apply(view()));
    }

    <T> T inside(String name, Supplier<T> body) {
        return machine.door().pass(name, tenant(), Door.Sort.INSIDE, body);
    }

    @CanIgnoreReturnValue
    <T> T write(String name, Lease lease, Supplier<T> body) {
        return machine.door().pass(name, tenant(), Door.Sort.WRITE, () -> {
            refresh();
            machine.life().requireHeld(cell, lease);
            return body.get();
        });
    }

    void write(String name, Lease lease, Runnable body) {
        write(name, lease, () -> {
            body.run();
            return true;
        });
    }

    /** Makes a single write; one that returns the same state changes nothing. */
    void change(Lease lease, UnaryOperator<TenantState> change) {
        change(lease, change, before -> {});
    }

    void change(Lease lease, UnaryOperator<TenantState> change, Consumer<TenantState> alongside) {
        machine.life().write(cell, lease, new Life.Change(change, alongside));
    }

    /** The tenant as it is, whatever this JVM sees. */
    TenantState now() {
        return cell.state();
    }

    Instant instant() {
        return world().time().instant();
    }

    void requireSpace() {
        if (world().usableBytes().get() < FakeStorage.LEAST_BYTES) {
            throw new HcpException(
                    ErrorKind.DISK_FULL,
                    "cannot write files of tenant \"%s\": the disk of %s is full".formatted(tenant(), machine.name()),
                    "free space there");
        }
    }

    private synchronized TenantState view() {
        if (machine.staleReads() == 0) {
            return cell.state();
        }
        if (!fresh && old == null) {
            old = cell.before(machine.staleReads());
            oldUntil = instant().plus(VIEW_CATCHES_UP);
        }
        TenantState seen = old;
        if (fresh || seen == null || !instant().isBefore(oldUntil)) {
            refresh();
            return cell.state();
        }
        return seen;
    }

    private synchronized void refresh() {
        fresh = true;
        old = null;
    }
}
