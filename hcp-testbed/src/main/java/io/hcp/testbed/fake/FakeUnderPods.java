package io.hcp.testbed.fake;

import io.hcp.core.internal.blueprint.TenantObject;
import io.hcp.core.internal.cluster.form.Kind;
import io.hcp.core.internal.cluster.gateway.Pods;
import io.hcp.core.internal.gateway.Lease;
import io.hcp.core.internal.usage.ApiMetrics;
import io.hcp.core.internal.usage.Reading;
import io.hcp.pki.TenantPki;
import java.util.List;
import java.util.Optional;

/** The API servers in imagined pods, as one JVM reaches them. */
final class FakeUnderPods implements Pods {
    private final FakeUnderCluster cluster;

    FakeUnderPods(FakeUnderCluster cluster) {
        this.cluster = cluster;
    }

    @Override
    public Answer ask(String pod, TenantPki authorities) {
        return cluster.read(() -> cluster.world()
                .get(Kind.POD, pod)
                .filter(UnderBudgets::isReady)
                .filter(found -> ApiServerInPod.trusts(cluster.world(), found, authorities))
                .map(found -> ApiServerInPod.answer(cluster.world(), found))
                .orElse(Answer.NONE));
    }

    @Override
    public Reading<ApiMetrics> metrics(String pod, TenantPki authorities) {
        return cluster.read(() -> cluster.world()
                .get(Kind.POD, pod)
                .filter(UnderBudgets::isReady)
                .filter(found -> ApiServerInPod.trusts(cluster.world(), found, authorities))
                .map(found -> Reading.of(cluster.world()
                        .loads()
                        .api(
                                found.label("hcp.io/tenant").orElse(""),
                                FakeUnderNodes.begun(found),
                                cluster.world().time().instant())))
                .orElseGet(() -> Reading.failed("the pod cannot be reached")));
    }

    @Override
    public Optional<String> shown(String pod, int port) {
        return cluster.read(() -> cluster.world()
                .get(Kind.POD, pod)
                .filter(UnderBudgets::isReady)
                .flatMap(found -> ApiServerInPod.shown(cluster.world(), found, port)));
    }

    @Override
    public void leave(String pod) {}

    @Override
    public void write(Lease lease, String pod, TenantPki authorities, List<TenantObject> objects) {
        objects.forEach(object -> cluster.write(lease, () -> {
            cluster.world().note(object.collection() + "/" + object.name(), object.json());
            return true;
        }));
    }

    @Override
    public void close() {}
}
