package io.hcp.api.usage;

import io.hcp.api.model.Component;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * What one replica of a component uses.
 *
 * @param component which component
 * @param replica the pod, or {@code pid} and the process id on the local backend
 * @param node the node that it runs on, {@code localhost} on the local backend; empty if it is not placed yet
 * @param cpu cores used over the span; empty if it could not be measured twice
 * @param memoryBytes memory at the end of the span that cannot be taken from it: of a container the working set, of a process
 *     the resident set; empty if it could not be measured
 * @param requestedCpu cores that are reserved for it; empty if none are, and on the local backend
 * @param requestedMemoryBytes memory that is reserved for it; empty if none is, and on the local backend
 */
public record ProgramUsage(
        Component component,
        String replica,
        Optional<String> node,
        OptionalDouble cpu,
        OptionalLong memoryBytes,
        OptionalDouble requestedCpu,
        OptionalLong requestedMemoryBytes) {}
