package io.hcp.core.internal.usage;

import io.hcp.api.model.Component;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * One replica of a component.
 *
 * @param component which component
 * @param replica the pod or process
 * @param node where it runs
 * @param requestedCpu cores reserved for it
 * @param requestedMemoryBytes memory reserved for it
 * @param load what was read of it; empty if it could not be
 */
public record ProgramSample(
        Component component,
        String replica,
        Optional<String> node,
        OptionalDouble requestedCpu,
        OptionalLong requestedMemoryBytes,
        Optional<Load> load) {}
