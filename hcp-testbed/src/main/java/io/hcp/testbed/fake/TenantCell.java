package io.hcp.testbed.fake;

import io.hcp.api.model.Component;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The place of one tenant in a world. Whoever changes it, or needs it to stay as it is, holds its monitor. */
final class TenantCell {
    private final String name;
    private final FakeWorld world;
    private final Deque<TenantState> history = new ArrayDeque<>();
    private final Map<Component, Deque<StartFailure>> failures = new EnumMap<>(Component.class);
    private final Map<Component, Instant> ended = new EnumMap<>(Component.class);
    private TenantState state = TenantState.NONE;
    private long epoch;
    private @Nullable FakeMachine holder;

    TenantCell(String name, FakeWorld world) {
        this.name = name;
        this.world = world;
    }

    String name() {
        return name;
    }

    synchronized TenantState state() {
        return state;
    }

    /** Returns the state as it was some writes ago, or the oldest one that is known. */
    synchronized TenantState before(int writes) {
        List<TenantState> known = new ArrayList<>(history); // the latest first
        return writes == 0 || known.isEmpty() ? state : known.get(Math.min(writes, known.size()) - 1);
    }

    synchronized void set(TenantState next) {
        TenantState before = state;
        state = next;
        if (world.historyDepth() > 0) {
            history.push(before);
            while (history.size() > world.historyDepth()) {
                history.removeLast();
            }
        }
        world.follow(name, before, next);
    }

    /** Takes the right to change the tenant; empty if somebody has it. */
    synchronized Optional<FakeLease> acquire(FakeMachine machine) {
        if (holder().isPresent()) {
            return Optional.empty();
        }
        holder = machine;
        return Optional.of(new FakeLease(machine, this, ++epoch));
    }

    /** Who has the right, unless it is dead or has been frozen for too long. */
    synchronized Optional<FakeMachine> holder() {
        return Optional.ofNullable(holder).filter(FakeMachine::keepsLeases);
    }

    /** True also for a lease that has run out, as long as nobody else took it. */
    synchronized boolean isHeldBy(FakeLease lease) {
        return holder == lease.machine() && epoch == lease.epoch();
    }

    synchronized void release(FakeLease lease) {
        if (isHeldBy(lease)) {
            holder = null;
        }
    }

    synchronized void failNextStart(Component component, StartFailure failure) {
        failures.computeIfAbsent(component, key -> new ArrayDeque<>()).add(failure);
    }

    synchronized Optional<StartFailure> nextFailure(Component component) {
        return Optional.ofNullable(failures.get(component)).map(Deque::poll);
    }

    /** Notes that a component ended by itself, and when. */
    synchronized void noteEnd(Component component) {
        ended.put(component, world.time().instant());
    }

    synchronized Instant endOf(Component component) {
        return ended.getOrDefault(component, Instant.MIN);
    }
}
