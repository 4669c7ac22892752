package io.hcp.testbed.under;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientTimeoutException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.readiness.Readiness;
import io.hcp.api.error.ErrorKind;
import io.hcp.api.error.HcpException;
import io.hcp.testbed.under.host.Names;
import io.hcp.testbed.under.image.Image;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** What the cluster has besides nodes: DNS, load balancers, a StorageClass. */
final class AddOns {
    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final String METALLB = "metallb-system";

    private AddOns() {}

    static void apply(KubernetesClient client) {
        apply(client, "storage-class.yaml");
        apply(client, "coredns.yaml");
        apply(client, "metallb.yaml");
        client.apiextensions()
                .v1()
                .customResourceDefinitions()
                .withName("l2advertisements.metallb.io")
                .waitUntilCondition(
                        definition -> definition != null
                                && definition.getStatus() != null
                                && definition.getStatus().getConditions().stream()
                                        .anyMatch(
                                                condition -> condition.getType().equals("Established")
                                                        && condition.getStatus().equals("True")),
                        LIMIT.toMillis(),
                        TimeUnit.MILLISECONDS);
        apply(client, "metallb-pool.yaml");
    }

    static void awaitReady(KubernetesClient client, Consumer<String> progress) {
        try {
            awaitReady(client.apps().deployments().inNamespace("kube-system").withName("coredns"));
            progress.accept("CoreDNS is ready");
            awaitReady(client.apps().deployments().inNamespace(METALLB).withName("controller"));
            client.apps()
                    .daemonSets()
                    .inNamespace(METALLB)
                    .withName("speaker")
                    .waitUntilCondition(AddOns::onAllNodes, LIMIT.toMillis(), TimeUnit.MILLISECONDS);
            progress.accept("MetalLB is ready");
        } catch (KubernetesClientTimeoutException e) {
            throw new HcpException(
                    ErrorKind.TIMEOUT,
                    "CoreDNS or MetalLB is not ready after " + LIMIT.toSeconds() + " s: " + notRunning(client),
                    "look whether this machine has processors and memory to spare, and try again",
                    e);
        }
    }

    private static boolean onAllNodes(DaemonSet set) {
        return set != null
                && set.getStatus() != null
                && Objects.equals(
                        set.getStatus().getNumberReady(), set.getStatus().getDesiredNumberScheduled());
    }

    private static void awaitReady(Resource<? extends HasMetadata> resource) {
        var unused = resource.waitUntilReady(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static List<String> notRunning(KubernetesClient client) {
        return client.pods().inAnyNamespace().list().getItems().stream()
                .filter(pod -> !Readiness.isPodReady(pod))
                .map(pod -> pod.getMetadata().getName() + " " + pod.getStatus().getPhase() + " "
                        + pod.getStatus().getContainerStatuses())
                .toList();
    }

    private static void apply(KubernetesClient client, String resource) {
        try (InputStream in = Objects.requireNonNull(AddOns.class.getResourceAsStream(resource))) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .replace("CLUSTER_DNS", Names.DNS_ADDRESS)
                    .replace("COREDNS_IMAGE", Image.coredns())
                    .replace("LOAD_BALANCER_RANGE", Names.LOAD_BALANCER_RANGE);
            for (HasMetadata object : client.load(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)))
                    .items()) {
                client.resource(object).serverSideApply();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
