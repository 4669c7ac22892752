package io.hcp.testbed.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.hcp.api.Condition;
import io.hcp.api.Installation;
import io.hcp.api.Installation.Action;
import io.hcp.api.Installation.Change;
import io.hcp.api.error.ErrorKind;
import io.hcp.api.error.HcpException;
import io.hcp.api.model.KubernetesVersion;
import io.hcp.api.model.TenantControlPlane;
import io.hcp.core.internal.cluster.fabric.FabricInstallationObjects;
import io.hcp.core.internal.cluster.install.InstallationObjects;
import io.hcp.core.internal.cluster.install.Installer;
import io.hcp.core.internal.cluster.resource.InstalledObject;
import io.hcp.core.internal.cluster.resource.StatusCondition;
import io.hcp.core.internal.cluster.resource.TenantResources;
import io.hcp.core.internal.cluster.resource.TenantStatus;
import io.hcp.core.internal.time.Time;
import io.hcp.testbed.Kubectl;
import io.hcp.testbed.Programs;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/** What the library has in the under cluster, made and kept on a real API server, and seen with the real kubectl. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class InstallIT {
    private static final String DEFINITION = "tenantcontrolplanes.hcp.io";

    private final UnderApi under = new UnderApi();
    private final KubernetesClient client = under.client();
    private final Kubectl kubectl = under.kubectl();
    private final Counting requests = new Counting(new FabricInstallationObjects(client));
    private final Installer installer = new Installer(requests, Time.system());

    @AfterAll
    void close() {
        kubectl.close();
        under.close();
    }

    @Test
    @Order(1)
    void plan_emptyCluster_tellsAllAndWritesNothing() {
        Installation plan = installer.plan();

        assertThat(plan.changes()).extracting(Change::action).containsOnly(Action.CREATE);
        assertThat(plan.toString()).isEqualTo("""
                        create CustomResourceDefinition tenantcontrolplanes.hcp.io
                        create ClusterRole hcp
                        create ClusterRole hcp-tenants
                        create ClusterRole hcp-usage
                        create ClusterRole hcp-view
                        create ClusterRole hcp-edit""");
        assertThat(requests.drain()).allMatch(request -> request.startsWith("find "));
        assertThat(definition()).isEmpty();
    }

    @Test
    @Order(2)
    void install_twoAtOnce_makeAllOnce() {
        CompletableFuture<Installation> other = CompletableFuture.supplyAsync(
                () -> new Installer(new FabricInstallationObjects(client), Time.system()).install());
        Installation mine = installer.install();
        Installation others = other.join();

        assertThat(mine.changes())
                .zipSatisfy(
                        others.changes(),
                        (one, two) -> assertThat(List.of(one.action(), two.action()))
                                .containsExactlyInAnyOrder(Action.CREATE, Action.NONE));
        assertThat(kubectl.run("get", "tcp").output()).contains("No resources found");
        requests.drain();
    }

    @Test
    @Order(3)
    void install_again_writesNothing() {
        List<String> before = versions();

        Installation again = installer.install();

        assertThat(again.isEmpty()).isTrue();
        assertThat(requests.drain()).hasSize(6).allMatch(request -> request.startsWith("find "));
        assertThat(versions()).isEqualTo(before);
    }

    @Test
    @Order(4)
    void install_whatWasChanged_isPutBackAndWhatOthersAddedStays() {
        kubectl.run("label", "crd", DEFINITION, "team=a").orThrow();
        kubectl.run(
                        "patch",
                        "crd",
                        DEFINITION,
                        "--type=json",
                        "-p=[{\"op\":\"remove\",\"path\":\"/spec/names/shortNames\"}]")
                .orThrow();
        kubectl.run("patch", "clusterrole", "hcp", "--type=json", "-p=[{\"op\":\"remove\",\"path\":\"/rules/0\"}]")
                .orThrow();

        Installation repaired = installer.install();

        assertThat(repaired.toString())
                .contains("update CustomResourceDefinition " + DEFINITION + ": spec.names.shortNames was changed")
                .contains("update ClusterRole hcp: rules was changed");
        assertThat(definition().orElseThrow().getMetadata().getLabels()).containsEntry("team", "a");
        assertThat(installer.install().isEmpty()).isTrue();
        requests.drain();
    }

    @Test
    @Order(5)
    void install_newerDefinition_isLeftAlone_andOlderIsRaised() {
        kubectl.run("annotate", "crd", DEFINITION, "--overwrite", "hcp.io/crd-revision=99")
                .orThrow();
        kubectl.run(
                        "patch",
                        "crd",
                        DEFINITION,
                        "--type=merge",
                        "-p={\"spec\":{\"names\":{\"categories\":[\"later\"]}}}")
                .orThrow();
        requests.drain();

        assertThat(installer.install().toString())
                .contains("keep   CustomResourceDefinition " + DEFINITION + ": it has revision 99, this is 1");
        assertThat(requests.drain()).allMatch(request -> request.startsWith("find "));
        assertThat(definition().orElseThrow().getSpec().getNames().getCategories())
                .containsExactly("later");

        kubectl.run("annotate", "crd", DEFINITION, "--overwrite", "hcp.io/crd-revision=0")
                .orThrow();
        assertThat(installer.install().toString()).contains("from revision 0 to 1");
        assertThat(definition().orElseThrow().getSpec().getNames().getCategories())
                .containsExactly("hcp");
        requests.drain();
    }

    @Test
    @Order(6)
    void install_roleOfSomebodyElse_isBlockedBeforeAnythingIsWritten() {
        kubectl.run("delete", "clusterrole", "hcp").orThrow();
        kubectl.run("label", "clusterrole", "hcp-view", "app.kubernetes.io/managed-by-")
                .orThrow();

        assertThatThrownBy(installer::install)
                .isInstanceOfSatisfying(
                        HcpException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.BLOCKED))
                .hasMessageContaining("ClusterRole hcp-view exists, and is not of this library");
        assertThat(requests.drain()).allMatch(request -> request.startsWith("find "));
        kubectl.run("label", "clusterrole", "hcp-view", "app.kubernetes.io/managed-by=hcp")
                .orThrow();
        assertThat(installer.install().changes())
                .filteredOn(change -> change.action() != Action.NONE)
                .extracting(Change::name)
                .containsExactly("hcp");
        requests.drain();
    }

    @Test
    @Order(7)
    void kubectl_getExplainAndScale_knowTenants() {
        TenantControlPlane acme = TenantControlPlane.builder()
                .name("acme")
                .kubernetesVersion(Programs.KUBERNETES_VERSION)
                .controlPlane(plane -> plane.replicas(2))
                .build();
        var tenants = client.genericKubernetesResources(Trial.TENANTS).inNamespace("default");
        GenericKubernetesResource stored =
                tenants.resource(TenantResources.resource(acme, "default")).create();
        TenantStatus status = TenantStatus.builder()
                .observedGeneration(1)
                .phase("Updating")
                .step("await rollout")
                .version(KubernetesVersion.parse(Programs.KUBERNETES_VERSION))
                .endpoint("https://192.0.2.10:6443")
                .replicas(2)
                .updatedReplicas(1)
                .readyReplicas(2)
                .selector("hcp.io/tenant=acme")
                .certificateExpiry(Instant.parse("2027-11-23T00:00:00Z"))
                .addConditions(new StatusCondition(
                        new Condition(Condition.READY, Condition.Status.TRUE, "Serving", "all replicas serve"),
                        Instant.parse("2026-11-23T00:00:00Z"),
                        1))
                .build();
        stored.setAdditionalProperty("status", TenantResources.status(status));
        GenericKubernetesResource updated = tenants.resource(stored).updateStatus();

        assertThat(TenantResources.status(updated)).contains(status);
        assertThat(TenantResources.description(updated)).isEqualTo(acme);
        assertThat(kubectl.run("get", "tcp").orThrow().lines().map(line -> line.replaceAll(" {2,}", "|")))
                .first()
                .isEqualTo("NAME|VERSION|PHASE|READY|STEP|ENDPOINT|REPLICAS|AGE");
        assertThat(kubectl.run("get", "tcp", "-o", "wide").orThrow())
                .containsPattern("acme +1\\.36\\.3 +Updating +True +await rollout +https://192\\.0\\.2\\.10:6443 +2 ")
                .contains("2027-11-23T00:00:00Z")
                .contains("Serving");
        assertThat(kubectl.run("get", "hcp", "-o", "name").orThrow()).isEqualTo("tenantcontrolplane.hcp.io/acme\n");
        assertThat(kubectl.run("get", "all", "-o", "name").orThrow()).doesNotContain("tenantcontrolplane");
        assertThat(kubectl.run("explain", "tcp.spec.kubernetes.version").orThrow())
                .contains("FIELD: version <string>")
                .contains("never lowered");
        assertThat(kubectl.run("explain", "tcp.spec").orThrow())
                .contains("controlPlane")
                .contains("What the tenant shall be");
        kubectl.run("scale", "tcp", "acme", "--replicas=3").orThrow();
        assertThat(TenantResources.description(tenants.withName("acme").get())
                        .controlPlane()
                        .replicas())
                .hasValue(3);
        assertThat(kubectl.run(
                                "get",
                                "--raw",
                                "/apis/hcp.io/v1alpha1/namespaces/default/tenantcontrolplanes/acme/scale")
                        .orThrow())
                .contains("\"selector\":\"hcp.io/tenant=acme\"");
        assertThat(kubectl.run("scale", "tcp", "acme", "--replicas=10").output())
                .contains("spec.controlPlane.replicas");
    }

    @Test
    @Order(8)
    void peopleOfANamespace_mayDoWithTenantsWhatTheirRoleSays() {
        for (String role : List.of("view", "edit", "admin")) {
            kubectl.run("create", "rolebinding", role, "--clusterrole=" + role, "--user=" + role)
                    .orThrow();
        }
        await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> {
            assertThat(may("view", "list", "tcp")).isEqualTo("yes");
            assertThat(may("edit", "create", "tcp")).isEqualTo("yes");
            assertThat(may("admin", "delete", "tcp")).isEqualTo("yes");
            assertThat(may("admin", "patch", "tcp/scale")).isEqualTo("yes");
        });
        assertThat(may("view", "update", "tcp")).isEqualTo("no");
        assertThat(may("admin", "update", "tcp/status")).isEqualTo("no");
        assertThat(may("stranger", "list", "tcp")).isEqualTo("no");
    }

    private String may(String user, String verb, String resource) {
        int slash = resource.indexOf('/');
        String[] command = slash < 0
                ? new String[] {"auth", "can-i", verb, resource, "--as=" + user}
                : new String[] {
                    "auth",
                    "can-i",
                    verb,
                    resource.substring(0, slash),
                    "--subresource=" + resource.substring(slash + 1),
                    "--as=" + user
                };
        return kubectl.run(command).output().strip();
    }

    private Optional<CustomResourceDefinition> definition() {
        return Optional.ofNullable(client.apiextensions()
                .v1()
                .customResourceDefinitions()
                .withName(DEFINITION)
                .get());
    }

    private List<String> versions() {
        List<String> versions = new ArrayList<>();
        versions.add(definition().orElseThrow().getMetadata().getResourceVersion());
        for (String role : List.of("hcp", "hcp-tenants", "hcp-usage", "hcp-view", "hcp-edit")) {
            versions.add(client.rbac()
                    .clusterRoles()
                    .withName(role)
                    .get()
                    .getMetadata()
                    .getResourceVersion());
        }
        return versions;
    }

    /** Notes every request. */
    private static final class Counting implements InstallationObjects {
        private final InstallationObjects objects;
        private final List<String> seen = Collections.synchronizedList(new ArrayList<>());

        Counting(InstallationObjects objects) {
            this.objects = objects;
        }

        List<String> drain() {
            List<String> all = List.copyOf(seen);
            seen.clear();
            return all;
        }

        @Override
        public Optional<GenericKubernetesResource> find(InstalledObject wanted) {
            seen.add("find " + wanted.name());
            return objects.find(wanted);
        }

        @Override
        public GenericKubernetesResource create(GenericKubernetesResource object) {
            seen.add("create " + object.getMetadata().getName());
            return objects.create(object);
        }

        @Override
        public GenericKubernetesResource replace(GenericKubernetesResource object) {
            seen.add("replace " + object.getMetadata().getName());
            return objects.replace(object);
        }
    }
}
