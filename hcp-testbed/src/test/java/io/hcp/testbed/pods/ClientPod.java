package io.hcp.testbed.pods;

import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.hcp.testbed.Kubectl;
import io.hcp.testbed.Programs;
import io.hcp.testbed.under.image.Image;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A pod of the under cluster with kubectl and the kubeconfigs of tenants. */
final class ClientPod {
    static final Image IMAGE = new Image(
            "example.test/client:1",
            Map.of("/bin/busybox", Path.of("/bin/busybox"), "/bin/kubectl", Programs.provide("kubectl")),
            Map.of("/bin/sh", "busybox", "/bin/sleep", "busybox"),
            List.of("/bin/sleep", "100000"),
            List.of());

    private ClientPod() {}

    static void start(KubernetesClient client, Kubectl kubectl, Map<String, String> kubeconfigs) {
        client.resource(new SecretBuilder()
                        .withNewMetadata()
                        .withNamespace("default")
                        .withName("client")
                        .endMetadata()
                        .withStringData(kubeconfigs)
                        .build())
                .create();
        String unusedApply = kubectl.apply("""
                apiVersion: v1
                kind: Pod
                metadata: {name: client, namespace: default}
                spec:
                  containers:
                  - {name: client, image: "%s", volumeMounts: [{name: files, mountPath: /kubeconfigs}]}
                  volumes: [{name: files, secret: {secretName: client}}]
                """.formatted(IMAGE.name())).orThrow();
        String unused = kubectl.run("wait", "pod/client", "--for=condition=Ready", "--timeout=50s")
                .orThrow();
    }
}
