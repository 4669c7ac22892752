package io.hcp.testbed.fields;

import io.hcp.api.model.ComponentProfile;
import io.hcp.api.model.ControlPlaneProfile;
import io.hcp.api.model.PodProfile;
import io.hcp.api.model.ResourceProfile;
import io.hcp.api.model.TaintEffect;
import io.hcp.api.model.TenantControlPlane;
import io.hcp.api.model.Toleration;
import io.hcp.api.model.TolerationOperator;
import java.time.Duration;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Changes of the fields of pods and containers. */
final class PodSamples {
    private PodSamples() {}

    /** Makes a description with something filled in. */
    interface Change<B> extends BiFunction<TenantControlPlane, Consumer<B>, TenantControlPlane> {}

    static Stream<FieldSample> component(
            String name,
            Consumer<ComponentProfile.Builder> flag,
            BiConsumer<ControlPlaneProfile.Builder, Consumer<ComponentProfile.Builder>> set) {
        String path = "spec.controlPlane." + name + ".";
        return Stream.concat(
                Stream.of(new FieldSample(
                        path + "extraArgs[]", tenant -> tenant.withControlPlane(plane -> set.accept(plane, flag)))),
                resources(
                        path,
                        (tenant, amounts) -> tenant.withControlPlane(
                                plane -> set.accept(plane, component -> component.resources(amounts)))));
    }

    static Stream<FieldSample> resources(String owner, Change<ResourceProfile.Builder> change) {
        Map<String, Consumer<ResourceProfile.Builder>> amounts = Map.of(
                "requests.cpu", r -> r.requests(q -> q.cpu("750m")),
                "requests.memory", r -> r.requests(q -> q.memory("768Mi")),
                "limits.cpu", r -> r.limits(q -> q.cpu("4")),
                "limits.memory", r -> r.limits(q -> q.memory("4Gi")));
        return Stream.of("requests.cpu", "requests.memory", "limits.cpu", "limits.memory")
                .map(field -> new FieldSample(
                        owner + "resources." + field,
                        tenant -> change.apply(tenant, amounts.getOrDefault(field, r -> {}))));
    }

    static Stream<FieldSample> pods(String owner, Change<PodProfile.Builder> change) {
        Consumer<Toleration.Builder> pool = t -> t.key("example.com/pool").effect(TaintEffect.NO_EXECUTE);
        return Stream.of(
                pods(owner, "nodeSelector[]", change, p -> p.putNodeSelector("example.com/pool", "tenants")),
                pods(owner, "tolerations[].key", change, p -> p.addToleration(pool)),
                pods(
                        owner,
                        "tolerations[].operator",
                        change,
                        p -> p.addToleration(pool.andThen(t -> t.operator(TolerationOperator.EXISTS)))),
                pods(owner, "tolerations[].value", change, p -> p.addToleration(pool.andThen(t -> t.value("tenants")))),
                pods(owner, "tolerations[].effect", change, p -> p.addToleration(pool)),
                pods(
                        owner,
                        "tolerations[].tolerationSeconds",
                        change,
                        p -> p.addToleration(pool.andThen(t -> t.tolerationSeconds(Duration.ofSeconds(60))))),
                pods(owner, "priorityClassName", change, p -> p.priorityClassName("tenants")),
                pods(owner, "runtimeClassName", change, p -> p.runtimeClassName("gvisor")),
                pods(owner, "labels[]", change, p -> p.putLabel("team", "platform")),
                pods(owner, "annotations[]", change, p -> p.putAnnotation("example.com/owner", "jane")));
    }

    private static FieldSample pods(
            String owner, String field, Change<PodProfile.Builder> change, Consumer<PodProfile.Builder> pods) {
        return new FieldSample(owner + "pods." + field, tenant -> change.apply(tenant, pods));
    }
}
