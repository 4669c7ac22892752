package io.hcp.core.internal.usage;

import java.time.Duration;
import java.time.Instant;
import java.util.OptionalDouble;

/**
 * What was read of something that runs.
 *
 * @param at when it was measured, by whoever measured it
 * @param cpu the processor time that it has used since it began
 * @param memoryBytes the memory that it uses
 */
public record Load(Instant at, Duration cpu, long memoryBytes) {
    /**
     * Works out the cores that were used since an earlier measurement. Processor time that went down is that of another
     * process, and counts from zero.
     *
     * @param before the earlier measurement
     * @return cores; empty if no time has passed between the two
     */
    OptionalDouble coresSince(Load before) {
        double seconds = Seconds.between(before.at, at);
        if (!(seconds > 0)) {
            return OptionalDouble.empty();
        }
        Duration used = cpu.compareTo(before.cpu) < 0 ? cpu : cpu.minus(before.cpu);
        return OptionalDouble.of(Seconds.of(used) / seconds);
    }
}
