package io.hcp.testbed.fake;

import io.hcp.core.internal.blueprint.PodTopology;
import io.hcp.core.internal.cluster.form.ClusterObject;
import io.hcp.core.internal.cluster.form.Kind;
import io.hcp.core.internal.cluster.gateway.Pods.Answer;
import io.hcp.pki.Authority;
import io.hcp.pki.TenantPki;
import java.util.Optional;

/** What the API server of an imagined pod says. */
final class ApiServerInPod {
    private ApiServerInPod() {}

    static Answer answer(UnderWorld world, ClusterObject pod) {
        String image = pod.objects("spec", "containers").stream()
                .filter(container -> "kube-apiserver".equals(container.get("name")))
                .map(container -> String.valueOf(container.get("image")))
                .findFirst()
                .orElse("");
        String certificate = shown(world, pod, PodTopology.PORTS.apiServer()).orElse("");
        return new Answer(true, true, image.substring(image.lastIndexOf(":v") + 2), certificate, true);
    }

    /** Which certificate a program shows: that of its Secret. */
    static Optional<String> shown(UnderWorld world, ClusterObject pod, int port) {
        ServingCertificate kept =
                ServingCertificate.of(pod.label("hcp.io/tenant").orElse(""), pod.name(), port);
        return world.get(Kind.SECRET, kept.secret())
                .flatMap(found -> found.text("data", kept.key()))
                .map(ServingCertificate::serial);
    }

    /** Who does not know the authorities of the tenant of this pod gets no connection. */
    static boolean trusts(UnderWorld world, ClusterObject pod, TenantPki authorities) {
        return world.get(Kind.SECRET, pod.label("hcp.io/tenant").orElse("") + "-ca")
                .flatMap(secret -> secret.text("data", "tls.crt"))
                .map(ServingCertificate::parse)
                .filter(authorities.authority(Authority.CLUSTER).certificate()::equals)
                .isPresent();
    }
}
