package io.hcp.testbed.fake;

import io.hcp.core.internal.blueprint.TenantObject;
import io.hcp.core.internal.cluster.form.ClusterObject;
import io.hcp.core.internal.cluster.form.Kind;
import io.hcp.core.internal.cluster.gateway.Pods;
import io.hcp.core.internal.gateway.Lease;
import io.hcp.pki.TenantPki;
import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;

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
                .filter(found -> !found.objects("status", "conditions").isEmpty())
                .map(this::answer)
                .orElse(Answer.NONE));
    }

    private Answer answer(ClusterObject pod) {
        String image = pod.objects("spec", "containers").stream()
                .filter(container -> "kube-apiserver".equals(container.get("name")))
                .map(container -> String.valueOf(container.get("image")))
                .findFirst()
                .orElse("");
        String tenant = pod.label("hcp.io/tenant").orElse("");
        String certificate = cluster.world()
                .get(Kind.SECRET, tenant + "-apiserver")
                .flatMap(secret -> secret.text("data", "pki.apiserver.crt"))
                .map(FakeUnderPods::serial)
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
