package io.hcp.core.internal.usage;

import java.util.List;

/**
 * What was read of a tenant.
 *
 * @param tenant its name
 * @param programs the replicas of its components
 * @param apis what its API servers said, those that said something
 * @param problems what could not be read, and why
 */
public record TenantSample(String tenant, List<ProgramSample> programs, List<ApiSample> apis, List<String> problems) {
    /** Copies the lists. */
    public TenantSample {
        programs = List.copyOf(programs);
        apis = List.copyOf(apis);
        problems = List.copyOf(problems);
    }
}
