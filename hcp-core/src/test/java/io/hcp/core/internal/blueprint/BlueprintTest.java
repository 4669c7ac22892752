package io.hcp.core.internal.blueprint;

import static org.assertj.core.api.Assertions.assertThat;

import io.hcp.api.model.Component;
import io.hcp.api.model.TenantControlPlane;
import io.hcp.core.fixture.Goldens;
import io.hcp.core.internal.catalog.ReleaseCatalog;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BlueprintTest {
    private static final Ports PORTS = new Ports(20_001, 20_002, 20_003, 20_004, 20_005);
    private static final TenantLayout LAYOUT = new TenantLayout(Path.of("/data/tenants/acme"));

    /** The static pod that kubeadm 1.36 writes. */
    private static final Set<String> KUBEADM_API_SERVER_FLAGS = new TreeSet<>(Arrays.asList("""
            advertise-address allow-privileged authorization-mode client-ca-file enable-admission-plugins
            enable-bootstrap-token-auth etcd-cafile etcd-certfile etcd-keyfile etcd-servers kubelet-client-certificate
            kubelet-client-key kubelet-preferred-address-types proxy-client-cert-file proxy-client-key-file
            requestheader-allowed-names requestheader-client-ca-file requestheader-extra-headers-prefix
            requestheader-group-headers requestheader-username-headers secure-port service-account-issuer
            service-account-key-file service-account-signing-key-file service-cluster-ip-range tls-cert-file
            tls-private-key-file""".split("\\s+", -1)));

    private static final Set<String> API_SERVER_FLAGS_BESIDE_KUBEADM =
            Set.of("bind-address", "endpoint-reconciler-type");

    @ParameterizedTest
    @EnumSource(Component.class)
    void arguments_fixedLayoutAndPorts_areAsCommitted(Component component) {
        Goldens.assertMatches(
                BlueprintTest.class,
                component.binaryName(),
                String.join("\n", blueprint("1.36.3", PORTS).of(component).arguments()));
    }

    @ParameterizedTest
    @EnumSource(Component.class)
    void files_fixedLayoutAndPorts_areAsCommitted(Component component) {
        StringBuilder text = new StringBuilder();
        blueprint("1.36.3", PORTS)
                .of(component)
                .files()
                .forEach((file, content) -> text.append(file).append(":\n").append(content));

        Goldens.assertMatches(BlueprintTest.class, component.binaryName() + "-files", text.toString());
    }

    @Test
    void components_all_areInStartingOrder() {
        assertThat(blueprint("1.36.3", PORTS).components().keySet()).containsExactly(Component.values());
    }

    @Test
    void apiServerFlags_comparedWithKubeadm_differInTheCommittedOnes() {
        Set<String> expected = new TreeSet<>(KUBEADM_API_SERVER_FLAGS);
        expected.addAll(API_SERVER_FLAGS_BESIDE_KUBEADM);

        assertThat(blueprint("1.36.3", PORTS).of(Component.KUBE_APISERVER).flags())
                .containsOnlyKeys(expected);
    }

    @ParameterizedTest
    @EnumSource(Component.class)
    void health_eachComponent_asksTheFirstOfItsPorts(Component component) {
        assertThat(blueprint("1.36.3", PORTS).of(component).health().port())
                .isEqualTo(PORTS.of(component).get(0));
    }

    @Test
    void version_newerKubernetes_leavesEtcdAlone() {
        assertThat(changed(blueprint("1.36.4", PORTS)))
                .containsExactlyInAnyOrder(
                        Component.KUBE_APISERVER, Component.KUBE_CONTROLLER_MANAGER, Component.KUBE_SCHEDULER);
    }

    @Test
    void digest_apiServerPortChanged_changesForItAndItsClients() {
        assertThat(changed(blueprint("1.36.3", PORTS.withApiServer(6443))))
                .containsExactlyInAnyOrder(
                        Component.KUBE_APISERVER, Component.KUBE_CONTROLLER_MANAGER, Component.KUBE_SCHEDULER);
    }

    @Test
    void digest_schedulerPortChanged_changesForItAlone() {
        Ports ports = PORTS.with(Component.KUBE_SCHEDULER, List.of(21_000));

        assertThat(changed(blueprint("1.36.3", ports))).containsExactly(Component.KUBE_SCHEDULER);
    }

    @Test
    void digest_etcdPortsChanged_changesForItAndTheApiServer() {
        Ports ports = PORTS.with(Component.ETCD, List.of(21_000, 21_001));

        assertThat(changed(blueprint("1.36.3", ports)))
                .containsExactlyInAnyOrder(Component.ETCD, Component.KUBE_APISERVER);
    }

    @Test
    void ports_listOfThem_isReadBack() {
        assertThat(Ports.of(PORTS.asList())).isEqualTo(PORTS);
    }

    @Test
    void ports_withOthersForEachComponent_changesThoseAlone() {
        for (Component component : Component.values()) {
            List<Integer> others =
                    PORTS.of(component).stream().map(port -> port + 100).toList();
            Ports changed = PORTS.with(component, others);

            assertThat(changed.of(component)).isEqualTo(others);
            assertThat(changed.asList()).filteredOn(port -> port < 20_100).hasSize(5 - others.size());
        }
    }

    @Test
    void apiServer_address_isHttpsOnLoopback() {
        assertThat(Blueprint.apiServer(PORTS)).hasToString("https://127.0.0.1:20003");
    }

    private static Set<Component> changed(Blueprint other) {
        Map<Component, String> before = digests(blueprint("1.36.3", PORTS));
        Map<Component, String> after = digests(other);
        after.entrySet().removeIf(digest -> digest.getValue().equals(before.get(digest.getKey())));
        return after.keySet();
    }

    private static Map<Component, String> digests(Blueprint blueprint) {
        Map<Component, String> digests = new HashMap<>();
        blueprint.components().forEach((component, part) -> digests.put(component, part.digest()));
        return digests;
    }

    private static Blueprint blueprint(String version, Ports ports) {
        TenantControlPlane tenant = tenant(version);
        return Blueprint.of(
                tenant,
                ReleaseCatalog.bundled().find(tenant.kubernetesVersion()).orElseThrow(),
                ports,
                LAYOUT);
    }

    private static TenantControlPlane tenant(String version) {
        return TenantControlPlane.builder()
                .name("acme")
                .kubernetesVersion(version)
                .build();
    }
}
