package io.hcp.core.internal.usage;

import io.hcp.api.model.Component;
import io.hcp.api.usage.ApiUsage;
import io.hcp.api.usage.FleetUsage;
import io.hcp.api.usage.NodeUsage;
import io.hcp.api.usage.ProgramUsage;
import io.hcp.api.usage.TenantUsage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What was used between two samples.
 *
 * @param before the first sample
 * @param after the second one, of the same tenants or of what has become of them
 */
public record Usages(FleetSample before, FleetSample after) {
    /** {@return all tenants of the second sample, and the nodes} */
    public FleetUsage fleet() {
        List<TenantUsage> tenants = tenants();
        List<NodeUsage> nodes = after.nodes().stream()
                .map(node -> node(node, tenants))
                .sorted(Comparator.comparing(NodeUsage::name))
                .toList();
        return new FleetUsage(after.at(), window(), Noise.shares(tenants), nodes, after.problems());
    }

    /** {@return each tenant of the second sample, in its order} */
    public List<TenantUsage> tenants() {
        Map<String, TenantSample> known = byName(before.tenants(), TenantSample::tenant);
        return after.tenants().stream()
                .map(tenant -> tenant(Optional.ofNullable(known.get(tenant.tenant())), tenant))
                .toList();
    }

    private Duration window() {
        return Duration.between(before.at(), after.at());
    }

    private static <T> Map<String, T> byName(List<T> samples, Function<T, String> name) {
        return samples.stream().collect(Collectors.toMap(name, sample -> sample, (one, other) -> one));
    }

    private TenantUsage tenant(Optional<TenantSample> first, TenantSample last) {
        List<String> missing = new ArrayList<>(last.problems());
        if (first.isEmpty()) {
            missing.add("rates: the tenant was made in the meantime");
        }
        Map<String, ProgramSample> known =
                byName(first.map(TenantSample::programs).orElse(List.of()), Usages::key);
        Map<String, ApiSample> apis = byName(last.apis(), ApiSample::replica);
        Map<String, ApiSample> apisBefore = byName(first.map(TenantSample::apis).orElse(List.of()), ApiSample::replica);
        List<ProgramUsage> programs = new ArrayList<>();
        for (ProgramSample program : last.programs()) {
            Optional<Load> load = load(program, apis);
            Optional<Load> earlier =
                    Optional.ofNullable(known.get(key(program))).flatMap(one -> load(one, apisBefore));
            OptionalDouble cores = cores(earlier, load);
            if (load.isPresent() && earlier.isPresent() && cores.isEmpty()) {
                missing.add("CPU of %s in %s: it was not measured anew in this span, take a longer one"
                        .formatted(program.component(), program.replica()));
            }
            programs.add(program(program, cores, load));
        }
        Optional<ApiUsage> api = ApiRates.between(first.map(TenantSample::apis).orElse(List.of()), last.apis());
        return new TenantUsage(last.tenant(), after.at(), window(), programs, api, missing);
    }

    private static String key(ProgramSample program) {
        return program.component() + " " + program.replica();
    }

    /** An API server that nobody measures from outside tells what it uses itself. */
    private static Optional<Load> load(ProgramSample program, Map<String, ApiSample> apis) {
        if (program.load().isPresent() || program.component() != Component.KUBE_APISERVER) {
            return program.load();
        }
        return Optional.ofNullable(apis.get(program.replica())).map(ApiSample::load);
    }

    private static OptionalDouble cores(Optional<Load> earlier, Optional<Load> load) {
        return load.isEmpty() || earlier.isEmpty()
                ? OptionalDouble.empty()
                : load.get().coresSince(earlier.get());
    }

    private static ProgramUsage program(ProgramSample program, OptionalDouble cores, Optional<Load> load) {
        return new ProgramUsage(
                program.component(),
                program.replica(),
                program.node(),
                cores,
                load.map(known -> OptionalLong.of(known.memoryBytes())).orElse(OptionalLong.empty()),
                program.requestedCpu(),
                program.requestedMemoryBytes());
    }

    private NodeUsage node(NodeSample node, List<TenantUsage> tenants) {
        Optional<Load> earlier = before.nodes().stream()
                .filter(one -> one.name().equals(node.name()))
                .findFirst()
                .flatMap(NodeSample::load);
        Optional<String> here = Optional.of(node.name());
        List<ProgramUsage> programs = tenants.stream()
                .flatMap(tenant -> tenant.programs().stream())
                .filter(program -> program.node().equals(here))
                .toList();
        long tenantsHere = tenants.stream()
                .filter(tenant -> tenant.programs().stream()
                        .anyMatch(program -> program.node().equals(here)))
                .count();
        return new NodeUsage(
                node.name(),
                node.allocatableCpu(),
                node.allocatableMemoryBytes(),
                node.allocatablePods(),
                cores(earlier, node.load()),
                node.load().map(load -> OptionalLong.of(load.memoryBytes())).orElse(OptionalLong.empty()),
                node.pods(),
                (int) programs.stream().map(ProgramUsage::replica).distinct().count(),
                (int) tenantsHere,
                programs.stream()
                        .mapToDouble(program -> program.requestedCpu().orElse(0))
                        .sum(),
                programs.stream()
                        .mapToLong(program -> program.requestedMemoryBytes().orElse(0))
                        .sum());
    }
}
