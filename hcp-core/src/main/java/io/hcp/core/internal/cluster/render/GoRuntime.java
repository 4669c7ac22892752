package io.hcp.core.internal.cluster.render;

import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.hcp.api.model.Component;
import io.hcp.api.model.Cpu;
import io.hcp.api.model.ResourceProfile;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What Go's runtime is told by environment variables. Left alone it takes a node for its own: it spreads over all cores, and
 * lets the heap double before it collects. Where hundreds of control planes share a node and most of them rest, both cost
 * more than they give: an idle program spends most of its time on waking threads that look for work on other cores.
 *
 * @see <a href="https://pkg.go.dev/runtime#hdr-Environment_Variables">Package runtime: environment variables</a>
 * @see <a href="https://go.dev/doc/gc-guide">A guide to the Go garbage collector</a>
 */
final class GoRuntime {
    /** How much of its limit the heap of a program may fill: the rest is stacks, buffers and what the kernel keeps. */
    private static final int HEAP_PERCENT = 90;

    /**
     * How much the heap may grow until it is collected again, in percent of what is in use. Collecting more often costs a
     * busy API server some 10 % of its processor time and saves a quarter of its memory, which is what limits how many
     * tenants a node has room for.
     */
    private static final int GROWTH_PERCENT = 30;

    /** How far above its request a program may run in parallel. */
    private static final int BURST = 4;

    private static final int MILLIS_PER_CORE = 1_000;

    private GoRuntime() {}

    static List<EnvVar> environment(Component component, ResourceProfile resources) {
        List<EnvVar> environment = new ArrayList<>();
        if (component != Component.ETCD) { // whose answers everything waits for, and whose heap is small
            environment.add(variable("GOGC", GROWTH_PERCENT));
        }
        environment.add(variable("GOMAXPROCS", threads(component, resources)));
        resources
                .limits()
                .memory()
                .map(limit -> variable("GOMEMLIMIT", limit.bytes() / 100 * HEAP_PERCENT))
                .ifPresent(environment::add);
        return environment;
    }

    /** As many as a limit lets run, or else four times the request; an API server answers while it collects garbage. */
    private static long threads(Component component, ResourceProfile resources) {
        long least = component == Component.KUBE_APISERVER ? 2 : 1;
        Optional<Long> limit = resources.limits().cpu().map(Cpu::millis);
        Optional<Long> request = resources.requests().cpu().map(cpu -> BURST * cpu.millis());
        return Math.max(least, cores(limit.or(() -> request).orElse(0L)));
    }

    private static long cores(long millis) {
        return (millis + MILLIS_PER_CORE - 1) / MILLIS_PER_CORE;
    }

    private static EnvVar variable(String name, long value) {
        return new EnvVarBuilder()
                .withName(name)
                .withValue(String.valueOf(value))
                .build();
    }
}
