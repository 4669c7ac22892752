package io.hcp.core.internal.engine;

import io.hcp.core.internal.execute.Execution;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The tenants that the engine has in hands, each under a monitor of its own. Thread-safe. */
final class Slots {
    private static final Logger LOG = LoggerFactory.getLogger(Slots.class);

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

    /** Lets go of all tenants; of one that cannot be let go of, too, as far as can be. */
    void releaseAll() {
        for (String tenant : List.copyOf(slots.keySet())) {
            try {
                release(tenant);
            } catch (RuntimeException e) {
                LOG.warn("tenant \"{}\" could not be let go of", tenant, e);
            }
        }
    }

    /** {@return what is under way, of all tenants} */
    List<Execution> underWay() {
        return List.copyOf(slots.keySet()).stream()
                .flatMap(tenant -> look(tenant, Slot::underWay).flatMap(Function.identity()).stream())
                .toList();
    }
}
