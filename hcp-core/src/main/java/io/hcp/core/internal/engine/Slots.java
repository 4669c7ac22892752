package io.hcp.core.internal.engine;

import io.hcp.core.internal.execute.Execution;
import io.hcp.core.internal.gateway.Lease;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** The tenants that the engine has in hands, each under a monitor of its own. Thread-safe. */
final class Slots {
    private final Map<String, Slot> slots = new ConcurrentHashMap<>();

    /** Does work with a tenant's slot while nobody else does. */
    <T> T with(String tenant, Function<Slot, T> work) {
        while (true) {
            Slot slot = slots.computeIfAbsent(tenant, name -> new Slot());
            synchronized (slot) {
                if (!slot.isRetired()) {
                    return work.apply(slot);
                }
            }
        }
    }

    /** Lets go of a tenant. */
    void release(String tenant) {
        Optional.ofNullable(slots.get(tenant)).ifPresent(slot -> {
            synchronized (slot) {
                slots.remove(tenant, slot);
                slot.retire().ifPresent(Lease::close);
            }
        });
    }

    /** Lets go of a tenant that is held by this right and that nothing is done with. */
    void releaseIdle(String tenant, Lease lease) {
        Optional.ofNullable(slots.get(tenant)).ifPresent(slot -> {
            synchronized (slot) {
                if (slot.underWay().isEmpty()
                        && slot.lease().filter(lease::equals).isPresent()) {
                    release(tenant);
                }
            }
        });
    }

    /** Looks at a tenant's slot, if it has one, while nobody works with it. */
    <T> Optional<T> look(String tenant, Function<Slot, T> look) {
        return Optional.ofNullable(slots.get(tenant)).map(slot -> {
            synchronized (slot) {
                return look.apply(slot);
            }
        });
    }

    /** Lets go of all tenants, and returns the rights that are left to be given back. */
    List<Lease> retireAll() {
        List<Lease> left = new ArrayList<>();
        for (String tenant : List.copyOf(slots.keySet())) {
            Optional.ofNullable(slots.remove(tenant)).ifPresent(slot -> {
                synchronized (slot) {
                    slot.retire().ifPresent(left::add);
                }
            });
        }
        return left;
    }

    /** {@return what is under way, of all tenants} */
    List<Execution> underWay() {
        return List.copyOf(slots.keySet()).stream()
                .flatMap(tenant -> look(tenant, Slot::underWay).flatMap(Function.identity()).stream())
                .toList();
    }
}
