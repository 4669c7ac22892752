package io.hcp.api.usage;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalDouble;

/**
 * What all tenants of a backend use, and what there is for them.
 *
 * @param at the end of the span
 * @param window the span that rates and CPU are over
 * @param tenants the noisiest first
 * @param nodes sorted by name
 * @param missing what could not be measured of the whole and why, in words; each tenant has a list of its own
 */
public record FleetUsage(
        Instant at, Duration window, List<TenantShare> tenants, List<NodeUsage> nodes, List<String> missing) {
    /** Copies the lists. */
    public FleetUsage {
        tenants = List.copyOf(tenants);
        nodes = List.copyOf(nodes);
        missing = List.copyOf(missing);
    }

    /** {@return cores used by all tenants} */
    public double cpu() {
        return tenants.stream().mapToDouble(tenant -> tenant.usage().cpu()).sum();
    }

    /** {@return memory used by all tenants, in bytes} */
    public long memoryBytes() {
        return tenants.stream()
                .mapToLong(tenant -> tenant.usage().memoryBytes())
                .sum();
    }

    /** {@return cores reserved for all tenants} */
    public double requestedCpu() {
        return tenants.stream()
                .mapToDouble(tenant -> tenant.usage().requestedCpu())
                .sum();
    }

    /** {@return memory reserved for all tenants, in bytes} */
    public long requestedMemoryBytes() {
        return tenants.stream()
                .mapToLong(tenant -> tenant.usage().requestedMemoryBytes())
                .sum();
    }

    /** {@return how many tenants there are for each node; empty if no node is known} */
    public OptionalDouble tenantsPerNode() {
        return nodes.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of((double) tenants.size() / nodes.size());
    }

    /**
     * Returns the tenants that are of an activity.
     *
     * @param activity which one
     * @return the noisiest first
     */
    public List<TenantShare> tenants(Activity activity) {
        return tenants.stream().filter(tenant -> tenant.activity() == activity).toList();
    }
}
