package io.hcp.api.usage;

import io.hcp.api.model.Component;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What a tenant's control plane uses.
 *
 * @param tenant the tenant's name
 * @param at the end of the span
 * @param window the span that rates and CPU are over, about: each counter is divided by the time between its own two readings
 * @param programs each replica of each component that was there at the end
 * @param api what its API servers did; empty if none of them could be read twice
 * @param missing what could not be measured and why, in words; empty if nothing is missing
 */
public record TenantUsage(
        String tenant,
        Instant at,
        Duration window,
        List<ProgramUsage> programs,
        Optional<ApiUsage> api,
        List<String> missing) {
    /** Copies the lists. */
    public TenantUsage {
        programs = List.copyOf(programs);
        missing = List.copyOf(missing);
    }

    /** {@return cores used by all that could be measured} */
    public double cpu() {
        return cpu(program -> true);
    }

    /**
     * Returns the cores that a component uses.
     *
     * @param component which one
     * @return summed over the replicas that could be measured
     */
    public double cpu(Component component) {
        return cpu(program -> program.component() == component);
    }

    private double cpu(Predicate<ProgramUsage> which) {
        return programs.stream()
                .filter(which)
                .mapToDouble(program -> program.cpu().orElse(0))
                .sum();
    }

    /** {@return memory used by all that could be measured, in bytes} */
    public long memoryBytes() {
        return memoryBytes(program -> true);
    }

    /**
     * Returns the memory that a component uses.
     *
     * @param component which one
     * @return in bytes, summed over the replicas that could be measured
     */
    public long memoryBytes(Component component) {
        return memoryBytes(program -> program.component() == component);
    }

    private long memoryBytes(Predicate<ProgramUsage> which) {
        return programs.stream()
                .filter(which)
                .mapToLong(program -> program.memoryBytes().orElse(0))
                .sum();
    }

    /** {@return cores that are reserved for all replicas; 0 if none are} */
    public double requestedCpu() {
        return programs.stream()
                .mapToDouble(program -> program.requestedCpu().orElse(0))
                .sum();
    }

    /** {@return memory that is reserved for all replicas, in bytes; 0 if none is} */
    public long requestedMemoryBytes() {
        return programs.stream()
                .mapToLong(program -> program.requestedMemoryBytes().orElse(0))
                .sum();
    }
}
