package io.hcp.testbed.under;

import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.ExecWatch;
import io.fabric8.kubernetes.client.readiness.Readiness;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Web servers that answer with their pod's name, and what else a proof asks a cluster for. */
final class Web {
    private Web() {}

    /** A Deployment whose pods run wherever the scheduler likes, or on one node. */
    static String deployment(String name, int replicas, String nodeSelector) {
        return """
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: %1$s, namespace: default}
                spec:
                  replicas: %2$d
                  selector: {matchLabels: {app: web, name: %1$s}}
                  template:
                    metadata: {labels: {app: web, name: %1$s}}
                    spec:
                      nodeSelector: {%3$s}
                      terminationGracePeriodSeconds: 1
                      topologySpreadConstraints:
                      - maxSkew: 1
                        topologyKey: kubernetes.io/hostname
                        whenUnsatisfiable: ScheduleAnyway
                        labelSelector: {matchLabels: {name: %1$s}}
                      containers:
                      - name: web
                        image: busybox:1
                        command: [sh, -c, "hostname >/tmp/index.html; exec httpd -f -p 8080 -h /tmp"]
                        readinessProbe: {httpGet: {path: /, port: 8080}, periodSeconds: 2}
                """.formatted(name, replicas, nodeSelector);
    }

    /** A Service of all web servers. */
    static String loadBalancer() {
        return """
                apiVersion: v1
                kind: Service
                metadata: {name: web, namespace: default}
                spec:
                  type: LoadBalancer
                  selector: {app: web}
                  ports: [{port: 80, targetPort: 8080}]
                """;
    }

    static void apply(KubernetesClient client, String yaml) {
        for (HasMetadata object : client.load(new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)))
                .items()) {
            client.resource(object).serverSideApply();
        }
    }

    /** The web servers' pods that are ready. */
    static List<Pod> ready(KubernetesClient client) {
        return client.pods().inNamespace("default").withLabel("app", "web").list().getItems().stream()
                .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null)
                .filter(Readiness::isPodReady)
                .toList();
    }

    static List<Pod> readyOn(KubernetesClient client, UnderNode node) {
        return ready(client).stream()
                .filter(pod -> node.name().equals(pod.getSpec().getNodeName()))
                .toList();
    }

    /** How often containers were started again, in all pods of the cluster. */
    static int restarts(KubernetesClient client) {
        return client.pods().inAnyNamespace().list().getItems().stream()
                .flatMap(pod -> pod.getStatus().getContainerStatuses().stream())
                .mapToInt(ContainerStatus::getRestartCount)
                .sum();
    }

    /** The address of the Service, or nothing as long as it has none. */
    static String address(KubernetesClient client) {
        return client
                .services()
                .inNamespace("default")
                .withName("web")
                .get()
                .getStatus()
                .getLoadBalancer()
                .getIngress()
                .stream()
                .map(ingress -> ingress.getIp())
                .findFirst()
                .orElse("");
    }

    static String claim() {
        return """
                apiVersion: v1
                kind: PersistentVolumeClaim
                metadata: {name: data, namespace: default}
                spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}
                ---
                """;
    }

    static String volumePod(String name, String script) {
        return """
                apiVersion: v1
                kind: Pod
                metadata: {name: %s, namespace: default}
                spec:
                  containers:
                  - {name: c, image: "busybox:1", command: [sh, -c, "%s"], volumeMounts: [{name: d, mountPath: /data}]}
                  volumes: [{name: d, persistentVolumeClaim: {claimName: data}}]
                """.formatted(name, script);
    }

    /** What a command prints in a pod. */
    static String run(KubernetesClient client, Pod pod, String... command) {
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        try (ExecWatch exec = client.pods()
                .inNamespace("default")
                .withName(pod.getMetadata().getName())
                .writingOutput(output)
                .exec(command)) {
            Integer unused = exec.exitCode().orTimeout(20, TimeUnit.SECONDS).join();
        }
        return output.toString(StandardCharsets.UTF_8);
    }
}
