package io.hcp.core.internal.blueprint;

import static org.assertj.core.api.Assertions.assertThat;

import io.hcp.api.model.Component;
import io.hcp.api.model.EncryptionAtRest;
import io.hcp.api.model.EncryptionProvider;
import io.hcp.api.model.TenantControlPlane;
import io.hcp.core.fixture.Goldens;
import io.hcp.core.fixture.Tenants;
import io.hcp.core.internal.catalog.ReleaseCatalog;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class BlueprintTest {
    private static final Ports PORTS = new Ports(20_001, 20_002, 20_003, 20_004, 20_005);
    private static final TenantLayout LAYOUT = new TenantLayout(Path.of("/data/tenants/acme"));

    /** Each revision of the rules has its own: what existing tenants run must not change with the library. */
    @ParameterizedTest
    @MethodSource("minorsAndRevisions")
    void blueprint_tenantWithNothingSpecial_isAsCommitted(String version, int revision) {
        Goldens.assertMatches(
                BlueprintTest.class, golden("plain", version, revision), text(Tenants.plain(version), revision));
    }

    @ParameterizedTest
    @MethodSource("minorsAndRevisions")
    void blueprint_tenantWithEverything_isAsCommitted(String version, int revision) {
        Goldens.assertMatches(
                BlueprintTest.class, golden("rich", version, revision), text(Tenants.rich(version), revision));
    }

    private static String golden(String tenant, String version, int revision) {
        return "revision-" + revision + "-" + tenant + "-" + version;
    }

    static Stream<Arguments> minorsAndRevisions() {
        return IntStream.rangeClosed(1, Blueprint.RENDER_REVISION)
                .boxed()
                .flatMap(revision -> minors().stream().map(minor -> Arguments.of(minor, revision)));
    }

    static List<String> minors() {
        return ReleaseCatalog.bundled().minors().stream()
                .map(minor -> minor + ".0")
                .toList();
    }

    @Test
    void renderRevision_changed_needsGoldensOfItsOwn() {
        assertThat(Blueprint.RENDER_REVISION)
                .as("goldens of a revision are never written anew: add those of the new one")
                .isEqualTo(2);
    }

    private static String text(TenantControlPlane tenant, int revision) {
        StringBuilder text = new StringBuilder();
        Blueprint.of(input(tenant, PORTS, revision)).components().forEach((component, part) -> {
            text.append("== ")
                    .append(component)
                    .append(' ')
                    .append(part.version())
                    .append('\n');
            part.arguments().forEach(argument -> text.append(argument).append('\n'));
            part.files()
                    .forEach((file, content) ->
                            text.append("-- ").append(file).append('\n').append(content.template()));
        });
        return text.toString();
    }

    @Test
    void components_all_areInStartingOrder() {
        assertThat(blueprint("1.36.3", PORTS).components().keySet()).containsExactly(Component.values());
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
    void apiServer_address_isThatOfTheDescription() {
        assertThat(input(Tenants.plain("1.36.3"), PORTS).apiServer()).hasToString("https://127.0.0.1:20003");
        assertThat(input(Tenants.plain("1.36.3").withNetworkProfile(n -> n.address("fd00::7")), PORTS)
                        .apiServer())
                .hasToString("https://[fd00::7]:20003");
    }

    @Test
    void digest_oneControllerManagerFlag_changesForItAlone() {
        TenantControlPlane changed = Tenants.plain("1.36.3")
                .withControlPlane(c -> c.controllerManager(m -> m.putExtraArg("node-monitor-period", "7s")));

        assertThat(changed(blueprint(changed, PORTS))).containsExactly(Component.KUBE_CONTROLLER_MANAGER);
    }

    @Test
    void encryption_providerOrResourceGivenUp_staysReadable() {
        EncryptionState secrets = EncryptionState.NONE.with(Optional.of(encryption(EncryptionProvider.SECRETBOX)));
        EncryptionState both = secrets.with(Optional.of(encryption(EncryptionProvider.AESGCM, "configmaps")));

        assertThat(both.keys()).containsExactly("secretbox-1", "aesgcm-1");
        assertThat(both.resources()).containsExactly("secrets", "configmaps");
        assertThat(both.with(Optional.empty())).isEqualTo(both);
        Goldens.assertMatches(
                BlueprintTest.class,
                "encryption-exchanged",
                StructuredFiles.encryption(Optional.of(encryption(EncryptionProvider.AESGCM, "configmaps")), both)
                        .template());
        Goldens.assertMatches(
                BlueprintTest.class,
                "encryption-given-up",
                StructuredFiles.encryption(Optional.empty(), both).template());
    }

    @Test
    void configFile_withSecrets_hasThemOnlyInItsText() {
        ConfigFile file = StructuredFiles.encryption(
                Optional.of(encryption(EncryptionProvider.SECRETBOX)),
                EncryptionState.NONE.with(Optional.of(encryption(EncryptionProvider.SECRETBOX))));

        assertThat(file.text(name -> "the key " + name)).contains("secret: 'the key secretbox-1'");
        assertThat(file.toString()).doesNotContain("the key");
    }

    private static EncryptionAtRest encryption(EncryptionProvider provider, String... resources) {
        return EncryptionAtRest.builder()
                .provider(provider)
                .addResources(resources)
                .build();
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
        return blueprint(Tenants.plain(version), ports);
    }

    private static Blueprint blueprint(TenantControlPlane tenant, Ports ports) {
        return Blueprint.of(input(tenant, ports));
    }

    private static BlueprintInput input(TenantControlPlane tenant, Ports ports) {
        return input(tenant, ports, Blueprint.RENDER_REVISION);
    }

    private static BlueprintInput input(TenantControlPlane tenant, Ports ports, int revision) {
        return new BlueprintInput(
                tenant,
                ReleaseCatalog.bundled().find(tenant.kubernetesVersion()).orElseThrow(),
                ports,
                EncryptionState.NONE.with(tenant.kubernetes().encryptionAtRest()),
                LAYOUT,
                revision);
    }
}
