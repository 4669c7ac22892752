package io.hcp.testbed.maintain;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.readiness.Readiness;
import io.hcp.api.error.ErrorKind;
import io.hcp.api.error.HcpException;
import io.hcp.core.internal.blueprint.PodTopology;
import io.hcp.core.internal.blueprint.TenantObject;
import io.hcp.core.internal.cluster.gateway.Pods;
import io.hcp.core.internal.cluster.gateway.UnderCluster;
import io.hcp.core.internal.gateway.Lease;
import io.hcp.core.internal.usage.ApiMetrics;
import io.hcp.core.internal.usage.Reading;
import io.hcp.pki.Authority;
import io.hcp.pki.TenantPki;
import io.hcp.testbed.fake.ServingCertificate;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/**
 * What the API servers of tenants would say in the pods of a {@link StandInNode}: that they run what their pod says, and
 * show the certificate that is in their Secret.
 *
 * @param client reads pods and Secrets, beside the way that a test is about
 * @param namespace where they are
 */
record StandInPods(KubernetesClient client, String namespace) implements Pods {
    private static final String TENANT = "hcp.io/tenant";

    /** A way to a namespace that is real, but for the ways into pods. */
    static UnderCluster with(UnderCluster cluster, Pods pods) {
        return (UnderCluster) Proxy.newProxyInstance(
                StandInPods.class.getClassLoader(), new Class<?>[] {UnderCluster.class}, (self, method, arguments) -> {
                    if (method.getName().equals("pods")) {
                        return pods;
                    }
                    try {
                        return method.invoke(cluster, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause() == null ? e : e.getCause();
                    }
                });
    }

    @Override
    public Answer ask(String name, TenantPki authorities) {
        Pod pod = client.pods().inNamespace(namespace).withName(name).get();
        if (pod == null || !Readiness.isPodReady(pod)) {
            return Answer.NONE;
        }
        String tenant = pod.getMetadata().getLabels().getOrDefault(TENANT, "");
        Optional<X509Certificate> ca = certificate(tenant + "-ca", "tls.crt");
        if (!ca.equals(Optional.of(authorities.authority(Authority.CLUSTER).certificate()))) {
            return Answer.NONE;
        }
        String image = pod.getSpec().getContainers().stream()
                .filter(container -> container.getName().equals("kube-apiserver"))
                .map(Container::getImage)
                .findFirst()
                .orElse(":v");
        String serial = shown(name, PodTopology.PORTS.apiServer()).orElse("");
        return new Answer(true, true, image.substring(image.lastIndexOf(":v") + 2), serial, true);
    }

    @Override
    public Reading<ApiMetrics> metrics(String name, TenantPki authorities) {
        return Reading.failed("nothing runs in pod " + name);
    }

    private Optional<X509Certificate> certificate(String name, String key) {
        return Optional.ofNullable(
                        client.secrets().inNamespace(namespace).withName(name).get())
                .map(Secret::getData)
                .map(data -> data.get(key))
                .map(ServingCertificate::parse);
    }

    /** What is in the Secret, as {@link #ask}. */
    @Override
    public Optional<String> shown(String name, int port) {
        String tenant = name.replaceFirst("-etcd-[0-9]+$|-[a-z0-9]+-[a-z0-9]+$", "");
        ServingCertificate kept = ServingCertificate.of(tenant, name, port);
        return certificate(kept.secret(), kept.key())
                .map(found -> found.getSerialNumber().toString(16));
    }

    @Override
    public void leave(String pod) {}

    @Override
    public void write(Lease lease, String pod, TenantPki authorities, List<TenantObject> objects) {
        if (!lease.isHeld()) {
            throw new HcpException(ErrorKind.LOCKED, "the right was lost", "make the same call again");
        }
    }

    @Override
    public void close() {}
}
