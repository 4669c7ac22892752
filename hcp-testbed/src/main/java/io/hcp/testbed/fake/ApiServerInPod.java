package io.hcp.testbed.fake;

import io.hcp.core.internal.cluster.form.ClusterObject;
import io.hcp.core.internal.cluster.form.Kind;
import io.hcp.core.internal.cluster.gateway.Pods.Answer;
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
                .map(ApiServerInPod::serial)
                .orElse("");
        return new Answer(true, true, image.substring(image.lastIndexOf(":v") + 2), certificate, true);
    }

    private static String serial(String encoded) {
        try {
            byte[] pem = Base64.getDecoder().decode(encoded);
            X509Certificate certificate = (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(pem));
            return certificate.getSerialNumber().toString(16);
        } catch (CertificateException e) {
            throw new IllegalStateException(e);
        }
    }
}
