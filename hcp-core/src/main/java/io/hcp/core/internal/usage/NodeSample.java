package io.hcp.core.internal.usage;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What was read of a node.
 *
 * @param name its name
 * @param allocatableCpu cores that pods can have
 * @param allocatableMemoryBytes memory that pods can have
 * @param allocatablePods how many pods it takes
 * @param load what was read of all that runs on it; empty if it could not be
 * @param pods how many pods are on it, of whomever
 */
public record NodeSample(
        String name,
        double allocatableCpu,
        long allocatableMemoryBytes,
        OptionalLong allocatablePods,
        Optional<Load> load,
        OptionalInt pods) {}
