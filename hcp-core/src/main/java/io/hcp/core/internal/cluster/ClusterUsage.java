package io.hcp.core.internal.cluster;

import io.hcp.api.error.HcpException;
import io.hcp.api.model.Component;
import io.hcp.core.internal.cluster.form.ClusterObject;
import io.hcp.core.internal.cluster.form.Kind;
import io.hcp.core.internal.cluster.gateway.Nodes.Container;
import io.hcp.core.internal.cluster.gateway.Nodes.Summary;
import io.hcp.core.internal.cluster.gateway.UnderCluster;
import io.hcp.core.internal.cluster.render.Frame;
import io.hcp.core.internal.threads.Several;
import io.hcp.core.internal.time.Time;
import io.hcp.core.internal.usage.ApiMetrics;
import io.hcp.core.internal.usage.ApiSample;
import io.hcp.core.internal.usage.FleetSample;
import io.hcp.core.internal.usage.Load;
import io.hcp.core.internal.usage.NodeSample;
import io.hcp.core.internal.usage.ProgramSample;
import io.hcp.core.internal.usage.Reading;
import io.hcp.core.internal.usage.TenantSample;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads what tenants use: of each node once, and of each API server. */
record ClusterUsage(UnderCluster cluster, Time time, Executor executor) {
    /** What nodes said, by their names. */
    private record Summaries(Map<String, Reading<Summary>> byNode) {
        Optional<Summary> of(String node) {
            return Optional.ofNullable(byNode.get(node)).flatMap(Reading::value);
        }

        Optional<Load> load(ClusterObject pod, String container) {
            return pod.text("spec", "nodeName")
                    .flatMap(this::of)
                    .map(summary ->
                            summary.containers().get(new Container(pod.uid().orElse(""), container)));
        }

        List<String> problems() {
            return byNode.entrySet().stream()
                    .filter(node -> node.getValue().value().isEmpty())
                    .map(node -> "CPU and memory on node " + node.getKey() + ": "
                            + node.getValue().problem())
                    .toList();
        }
    }

    FleetSample all(List<String> tenants, Function<String, TenantCell> cells) {
        Instant now = time.instant();
        List<ClusterObject> pods = pods(Map.of(Frame.MANAGED_BY_LABEL, Frame.MANAGER));
        List<String> problems = new ArrayList<>();
        List<ClusterObject> nodes = nodes(problems);
        Summaries summaries = summaries(Stream.concat(
                nodes.stream().map(ClusterObject::name), pods.stream().flatMap(ClusterUsage::node)));
        problems.addAll(summaries.problems());
        Map<String, Reading<ApiSample>> apis = apis(pods, cells);
        Map<String, List<ClusterObject>> byTenant = pods.stream()
                .collect(Collectors.groupingBy(
                        pod -> pod.label(Frame.TENANT_LABEL).orElse("")));
        return new FleetSample(
                now,
                tenants.stream()
                        .map(tenant -> new TenantSample(
                                tenant,
                                programs(byTenant.getOrDefault(tenant, List.of()), summaries),
                                samples(byTenant.getOrDefault(tenant, List.of()), apis),
                                problems(byTenant.getOrDefault(tenant, List.of()), apis)))
                        .toList(),
                nodes.stream().map(node -> node(node, summaries)).toList(),
                problems);
    }

    TenantSample one(TenantCell cell) {
        String tenant = cell.resource().require().spec().name();
        List<ClusterObject> pods = pods(cell.labels());
        Summaries summaries = summaries(pods.stream().flatMap(ClusterUsage::node));
        Map<String, Reading<ApiSample>> apis = apis(pods, name -> cell);
        List<String> problems = new ArrayList<>(summaries.problems());
        problems.addAll(problems(pods, apis));
        return new TenantSample(tenant, programs(pods, summaries), samples(pods, apis), problems);
    }

    private List<ClusterObject> pods(Map<String, String> labels) {
        return cluster.objects().list(Kind.POD, labels).stream()
                .filter(pod -> !pod.isDeleting() && !Members.isOver(pod))
                .toList();
    }

    private static Stream<String> node(ClusterObject pod) {
        return pod.text("spec", "nodeName").stream();
    }

    private List<ClusterObject> nodes(List<String> problems) {
        try {
            return cluster.objects().list(Kind.NODE, Map.of());
        } catch (HcpException e) {
            if (Thread.currentThread().isInterrupted()) {
                throw e;
            }
            problems.add("nodes: " + e.getMessage());
            return List.of();
        }
    }

    private Summaries summaries(Stream<String> nodes) {
        List<String> names = nodes.distinct().sorted().toList();
        List<Reading<Summary>> read = Several.map(executor, names, cluster.nodes()::summary);
        Map<String, Reading<Summary>> byNode = new LinkedHashMap<>();
        for (int i = 0; i < names.size(); i++) {
            byNode.put(names.get(i), read.get(i));
        }
        return new Summaries(byNode);
    }

    /** What the API server in each pod that has one says; one that is not ready is not asked. */
    private Map<String, Reading<ApiSample>> apis(List<ClusterObject> pods, Function<String, TenantCell> cells) {
        List<ClusterObject> replicas = pods.stream().filter(Members::isReplica).toList();
        List<Reading<ApiSample>> read = Several.map(executor, replicas, pod -> api(pod, cells));
        Map<String, Reading<ApiSample>> byPod = new LinkedHashMap<>();
        for (int i = 0; i < replicas.size(); i++) {
            byPod.put(replicas.get(i).name(), read.get(i));
        }
        return byPod;
    }

    private Reading<ApiSample> api(ClusterObject pod, Function<String, TenantCell> cells) {
        if (!Members.isReady(pod)) {
            return Reading.failed("it is not ready");
        }
        try {
            TenantCell cell = cells.apply(pod.label(Frame.TENANT_LABEL).orElse(""));
            Reading<ApiMetrics> metrics = cluster.pods().metrics(pod.name(), new Replicas(cell, cluster).authorities());
            return metrics.value()
                    .map(read -> Reading.of(new ApiSample(pod.name(), time.instant(), read)))
                    .orElseGet(() -> Reading.failed(metrics.problem()));
        } catch (HcpException e) {
            if (Thread.currentThread().isInterrupted()) {
                throw e;
            }
            return Reading.failed(String.valueOf(e.getMessage()));
        }
    }

    private static List<ApiSample> samples(List<ClusterObject> pods, Map<String, Reading<ApiSample>> apis) {
        return pods.stream()
                .flatMap(pod -> Optional.ofNullable(apis.get(pod.name())).flatMap(Reading::value).stream())
                .toList();
    }

    private static List<String> problems(List<ClusterObject> pods, Map<String, Reading<ApiSample>> apis) {
        return pods.stream()
                .flatMap(pod -> Optional.ofNullable(apis.get(pod.name()))
                        .filter(api -> api.value().isEmpty())
                        .map(api -> "metrics of kube-apiserver in " + pod.name() + ": " + api.problem())
                        .stream())
                .toList();
    }

    private static List<ProgramSample> programs(List<ClusterObject> pods, Summaries summaries) {
        return pods.stream().flatMap(pod -> programs(pod, summaries)).toList();
    }

    private static Stream<ProgramSample> programs(ClusterObject pod, Summaries summaries) {
        return pod.objects("spec", "containers").stream()
                .map(tree -> new ClusterObject(Kind.POD, tree))
                .flatMap(container -> component(container)
                        .map(component -> new ProgramSample(
                                component,
                                pod.name(),
                                pod.text("spec", "nodeName"),
                                Amounts.cores(container.object("resources", "requests")),
                                Amounts.bytes(container.object("resources", "requests")),
                                summaries.load(pod, component.binaryName()))));
    }

    private static Stream<Component> component(ClusterObject container) {
        Optional<String> name = container.text("name");
        return Arrays.stream(Component.values()).filter(component -> name.equals(Optional.of(component.binaryName())));
    }

    private static NodeSample node(ClusterObject node, Summaries summaries) {
        Map<String, Object> allocatable = node.object("status", "allocatable");
        Optional<Summary> summary = summaries.of(node.name());
        return new NodeSample(
                node.name(),
                Amounts.cores(allocatable).orElse(0),
                Amounts.bytes(allocatable).orElse(0),
                Amounts.pods(allocatable),
                summary.flatMap(Summary::load),
                summary.map(known -> OptionalInt.of(known.pods())).orElse(OptionalInt.empty()));
    }
}
