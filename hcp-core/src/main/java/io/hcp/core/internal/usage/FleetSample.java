package io.hcp.core.internal.usage;

import java.time.Instant;
import java.util.List;

/**
 * What was read of tenants, and of where they run.
 *
 * @param at when reading began
 * @param tenants one or all of them
 * @param nodes the nodes; none if one tenant alone was looked at
 * @param problems what could not be read that is no tenant's, and why
 */
public record FleetSample(Instant at, List<TenantSample> tenants, List<NodeSample> nodes, List<String> problems) {
    /** Copies the lists. */
    public FleetSample {
        tenants = List.copyOf(tenants);
        nodes = List.copyOf(nodes);
        problems = List.copyOf(problems);
    }
}
