package io.hcp.testbed.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.hcp.api.model.TenantControlPlane;
import io.hcp.core.fixture.Seeds;
import io.hcp.core.fixture.Seeds.Seeded;
import io.hcp.core.fixture.SpecGenerator;
import io.hcp.core.internal.cluster.fabric.FabricInstallationObjects;
import io.hcp.core.internal.cluster.install.Installer;
import io.hcp.core.internal.time.Time;
import io.hcp.testbed.Programs;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The schema of descriptions, asked of a real API server beside our own tables and rules. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SchemaIT {
    private static final int VALID = 300;
    private static final int SPOILT = 1_000;

    private final UnderApi under = new UnderApi();
    private final Trial trial = new Trial(under.client());

    @BeforeAll
    void install() {
        new Installer(new FabricInstallationObjects(under.client()), Time.system()).install();
    }

    @AfterAll
    void close() {
        under.close();
    }

    @Test
    void schema_anyValidDescription_isAccepted() {
        Seeded seed = Seeds.print(SchemaIT.class);
        SpecGenerator specs = new SpecGenerator(seed);
        for (int number = 0; number < VALID; number++) {
            Map<String, Object> tree = Trial.tree(specs.next());

            assertThat(trial.refusedByServer(tree))
                    .as("%s%n%s", seed, Trial.yaml(tree))
                    .isEmpty();
        }
    }

    @Test
    void schema_anySpoiltDescription_isRefusedAsOurTablesDo_andNothingElseIs() {
        Seeded seed = Seeds.print(SchemaIT.class);
        SpecGenerator specs = new SpecGenerator(seed);
        Mutation mutation = new Mutation(seed);
        int refused = 0;
        for (int number = 0; number < SPOILT; number++) {
            Map<String, Object> tree = Trial.tree(specs.next());
            String how = mutation.spoil(tree);
            Optional<String> byServer = trial.refusedByServer(tree);
            Optional<String> byForm = Trial.refusedByForm(tree);
            if (byServer.isPresent()) {
                refused++;
                assertThat(Trial.refusedByRules(tree))
                        .as("%s: %s is fine for our rules, but the server says %s", seed, how, byServer.get())
                        .isPresent();
            } else if (!isLostOnServers(how)) {
                assertThat(byForm)
                        .as("%s: %s is fine for the server", seed, how)
                        .isEmpty();
            }
        }
        assertThat(refused).as(seed.toString()).isGreaterThan(SPOILT / 2);
    }

    /** Values without anything in them are dropped before they are looked at, and no rule knows parts of bytes. */
    private static boolean isLostOnServers(String how) {
        return how.endsWith(" = null") || how.contains("quotaBackendBytes = 100000000.5");
    }

    @ParameterizedTest
    @CsvSource({
        "1.35.9, use the present version or a newer one: stored objects cannot go back",
        "1.36.2, use the present version or a newer one: stored objects cannot go back",
        "1.38.0, use a release of the next minor first",
        "2.0.0, use a release of the next minor first",
        "1.36.3, ''",
        "v1.36.4, ''",
        "1.37.2, ''"
    })
    void version_changed_goesOneMinorForwardAtMost(String version, String message) {
        changed(
                tenant -> tenant,
                tree -> {
                    map(map(tree, "spec"), "kubernetes").put("version", version);
                    return tree;
                },
                message);
    }

    @Test
    void ranges_changed_areRefused_unlessTheyAreWrittenInAnotherWay() {
        UnaryOperator<TenantControlPlane> stored = tenant ->
                tenant.withNetworkProfile(n -> n.serviceCidrs("fd00:1::/112").clusterDomain("a.b"));
        changed(stored, tree -> network(tree, "serviceCidrs", List.of("fd00:1:0::/112")), "");
        changed(
                stored,
                tree -> network(tree, "serviceCidrs", List.of("fd00:2::/112")),
                "spec.networkProfile.serviceCidrs: Invalid value");
        changed(stored, tree -> network(tree, "clusterDomain", "a.c"), "which is kept for the tenant's life");
        changed(stored, tree -> network(tree, "clusterDomain", null), "leave networkProfile.clusterDomain as it is");
        changed(stored, tree -> network(tree, "podCidrs", List.of("fd00:9::/56")), "");
    }

    @Test
    void authorities_addedLater_areRefused() {
        changed(
                tenant -> tenant,
                tree -> {
                    map(tree, "spec").put("pki", Map.of("authorities", Map.of("etcd", Map.of("secretName", "mine"))));
                    return tree;
                },
                "leave pki.authorities.etcd.secretName as it is");
    }

    @Test
    void validity_changed_isComparedAsDuration() {
        UnaryOperator<TenantControlPlane> stored =
                tenant -> tenant.withPki(pki -> pki.authorityValidity(Duration.ofHours(1_000)));
        changed(stored, tree -> pki(tree, "60000m"), "");
        changed(stored, tree -> pki(tree, "1001h"), "spec.pki.authorityValidity: Invalid value");
    }

    private static Map<String, Object> pki(Map<String, Object> tree, String validity) {
        map(tree, "spec").put("pki", Map.of("authorityValidity", validity));
        return tree;
    }

    private static Map<String, Object> network(Map<String, Object> tree, String field, @Nullable Object value) {
        if (value == null) {
            map(map(tree, "spec"), "networkProfile").remove(field);
        } else {
            map(map(tree, "spec"), "networkProfile").put(field, value);
        }
        return tree;
    }

    /** Stores a description, and has the server look at a change of it. */
    private void changed(
            UnaryOperator<TenantControlPlane> stored, UnaryOperator<Map<String, Object>> change, String message) {
        TenantControlPlane tenant = stored.apply(TenantControlPlane.builder()
                .name("changing")
                .kubernetesVersion(Programs.KUBERNETES_VERSION)
                .build());
        var created = trial.resource(Trial.tree(tenant)).create();
        try {
            var wanted = trial.resource(change.apply(Trial.tree(tenant))).item();
            wanted.getMetadata().setResourceVersion(created.getMetadata().getResourceVersion());
            var update =
                    under.client().genericKubernetesResources(Trial.TENANTS).resource(wanted);
            if (message.isEmpty()) {
                assertThatCode(() -> update.dryRun().update()).doesNotThrowAnyException();
            } else {
                assertThatThrownBy(() -> update.dryRun().update())
                        .isInstanceOf(KubernetesClientException.class)
                        .hasMessageContaining(message);
            }
        } finally {
            trial.resource(Trial.tree(tenant)).delete();
        }
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(Map<String, Object> tree, String field) {
        return (Map<String, Object>) Objects.requireNonNull(tree.get(field));
    }
}
