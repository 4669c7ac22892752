package io.hcp.core.internal.engine;

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
                slot.retire();
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

    List<String> tenants() {
        return List.copyOf(slots.keySet());
    }
}
