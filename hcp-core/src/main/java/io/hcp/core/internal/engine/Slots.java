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

    /** {@return the tenant's slot, if it has one; to look at it without its monitor would be a mistake} */
    Optional<Slot> find(String tenant) {
        return Optional.ofNullable(slots.get(tenant));
    }

    List<String> tenants() {
        return List.copyOf(slots.keySet());
    }
}
