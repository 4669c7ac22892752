package io.hcp.api.usage;

import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * A node of the under cluster, or the machine of the local backend.
 *
 * @param name the node's name
 * @param allocatableCpu cores that pods can have
 * @param allocatableMemoryBytes memory that pods can have
 * @param allocatablePods how many pods it takes; empty on the local backend
 * @param cpu cores used over the span by all that runs on it; empty if it could not be measured twice
 * @param memoryBytes memory used at the end of the span by all that runs on it; empty if it could not be measured
 * @param pods how many pods are on it, of whomever; empty if it did not tell, and on the local backend
 * @param tenantPods how many of the tenants' pods are on it, of the namespaces that were looked at; on the local backend
 *     their processes
 * @param tenants of how many tenants these are
 * @param requestedCpu cores that are reserved for them
 * @param requestedMemoryBytes memory that is reserved for them
 */
public record NodeUsage(
        String name,
        double allocatableCpu,
        long allocatableMemoryBytes,
        OptionalLong allocatablePods,
        OptionalDouble cpu,
        OptionalLong memoryBytes,
        OptionalInt pods,
        int tenantPods,
        int tenants,
        double requestedCpu,
        long requestedMemoryBytes) {}
