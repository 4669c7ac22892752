package io.hcp.testbed.fake;

import io.hcp.core.internal.cluster.form.ClusterObject;
import io.hcp.core.internal.cluster.form.Kind;
import io.hcp.core.internal.cluster.gateway.Pods.Answer;
import io.hcp.pki.Authority;
import io.hcp.pki.TenantPki;
import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Base64;

/** What the API server of an imagined pod says. */
final class ApiServerInPod {
    private ApiServerInPod() {}

    static Answer answer(UnderWorld world, ClusterObject pod) {
        String image = pod.objects("spec", "containers").stream()
                .filter(container -> "kube-apiserver".equals(container.get("name")))
                .map(container -> String.valueOf(container.get("image")))
                .findFirst()
                .orElse("");
        String tenant = pod.label("hcp.io/tenant").orElse("");
        String certificate = world.get(Kind.SECRET, tenant + "-apiserver")
                .flatMap(secret -> secret.text("data", "pki.apiserver.crt"))
                .map(ApiServerInPod::certificate)
                .map(shown -> shown.getSerialNumber().toString(16))
                .orElse("");
        return new Answer(true, true, image.substring(image.lastIndexOf(":v") + 2), certificate, true);
    }

    /** Who does not know the authorities of the tenant of this pod gets no connection. */
    static boolean trusts(UnderWorld world, ClusterObject pod, TenantPki authorities) {
        return world.get(Kind.SECRET, pod.label("hcp.io/tenant").orElse("") + "-ca")
                .flatMap(secret -> secret.text("data", "tls.crt"))
                .map(ApiServerInPod::certificate)
                .filter(authorities.authority(Authority.CLUSTER).certificate()::equals)
                .isPresent();
    }

    private static X509Certificate certificate(String encoded) {
        try {
            byte[] pem = Base64.getDecoder().decode(encoded);
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(pem));
        } catch (CertificateException e) {
            throw new IllegalStateException(e);
        }
    }
}
