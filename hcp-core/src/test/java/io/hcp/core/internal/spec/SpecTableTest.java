package io.hcp.core.internal.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

import io.hcp.api.error.InvalidSpecException;
import io.hcp.api.error.Problem;
import io.hcp.api.model.TenantControlPlane;
import io.hcp.core.Manifests;
import io.hcp.core.internal.spec.rules.ClusterRules;
import io.hcp.core.internal.spec.rules.LocalRules;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** Descriptions as users write them, from the text to the last rule: see the tables invalid-specs.txt and valid-specs.txt. */
class SpecTableTest {
    private static final String BASE = """
            apiVersion: hcp.io/v1alpha1
            kind: TenantControlPlane
            metadata: {name: acme}
            spec: {kubernetes: {version: 1.36.3}}
            """;

    /** Where a fragment of a group stands: braces and brackets around it, and its path. */
    private enum Group {
        ROOT("%s", ""),
        SPEC("{spec: %s}", "spec"),
        LOCAL("{spec: %s}", "spec"),
        CLUSTER("%s", ""),
        PODS("{spec: {controlPlane: {pods: %s}}}", "spec.controlPlane.pods"),
        NET("{spec: {networkProfile: %s}}", "spec.networkProfile"),
        ETCD("{spec: {dataStore: {etcd: %s}}}", "spec.dataStore.etcd"),
        PKI("{spec: {pki: %s}}", "spec.pki"),
        GATES("{spec: {kubernetes: {featureGates: %s}}}", "spec.kubernetes.featureGates"),
        PLUGINS("{spec: {kubernetes: {admissionPlugins: %s}}}", "spec.kubernetes.admissionPlugins"),
        ENCRYPT("{spec: {kubernetes: {encryptionAtRest: {resources: %s}}}}", "spec.kubernetes.encryptionAtRest."),
        AUDIT("{spec: {kubernetes: {auditPolicy: {rules: [%s]}}}}", "spec.kubernetes.auditPolicy.rules"),
        JWT("{spec: {kubernetes: {authentication: {jwt: [%s]}}}}", "spec.kubernetes.authentication.jwt"),
        JWTS("{spec: {kubernetes: {authentication: {jwt: %s}}}}", "spec.kubernetes.authentication.jwt"),
        API("{spec: {controlPlane: {apiServer: {extraArgs: %s}}}}", "spec.controlPlane.apiServer.extraArgs"),
        KCM(
                "{spec: {controlPlane: {controllerManager: {extraArgs: %s}}}}",
                "spec.controlPlane.controllerManager.extraArgs"),
        SCHED("{spec: {controlPlane: {scheduler: {extraArgs: %s}}}}", "spec.controlPlane.scheduler.extraArgs");

        private final String around;
        private final String path;

        Group(String around, String path) {
            this.around = around;
            this.path = path;
        }
    }

    private record Row(Group group, String fragment, List<String> expected) {
        static Row parse(String line) {
            String[] sides = line.split(" => ", 2);
            Group group = Group.valueOf(sides[0].substring(0, sides[0].indexOf(' ')));
            List<String> expected = new ArrayList<>();
            for (String problem : sides.length < 2 ? new String[0] : sides[1].split(", ")) {
                String[] words = problem.split(" ", 2);
                expected.add(words[0] + " " + group.path + words[1]);
            }
            return new Row(group, sides[0].substring(sides[0].indexOf(' ') + 1), expected);
        }

        String yaml() {
            Object tree = load(BASE);
            if (group == Group.JWT) {
                tree = merged(
                        tree,
                        load(group.around.formatted(
                                "{issuer: {url: 'https://issuer.example.com', audiences: [hcp]}}")));
            }
            if (group == Group.AUDIT) {
                tree = merged(tree, load(group.around.formatted("{level: Metadata}")));
            }
            tree = merged(tree, load(group.around.formatted(fragment)));
            return new Dump(DumpSettings.builder().build()).dumpToString(tree);
        }

        void check() {
            TenantControlPlane wanted = Manifests.read(yaml());
            switch (group) {
                case LOCAL -> SpecValidator.check(SpecDefaults.resolve(wanted, Optional.empty()), LocalRules.ALL);
                case CLUSTER ->
                    SpecValidator.check(ClusterDefaults.resolve(wanted, Optional.empty()), ClusterRules.ALL);
                default -> SpecValidator.check(SpecDefaults.resolve(wanted, Optional.empty()));
            }
        }

        @Override
        public String toString() {
            return group + " " + fragment;
        }
    }

    @ParameterizedTest
    @MethodSource("invalid")
    void check_invalidSpec_namesExactlyWhatIsWrong(Row row) {
        assertThat(problems(row))
                .extracting(problem -> problem.code() + " " + problem.path())
                .containsExactlyInAnyOrderElementsOf(row.expected);
    }

    @ParameterizedTest
    @MethodSource("invalid")
    void check_invalidSpec_tellsARemedyAndNoSecret(Row row) {
        assertThat(problems(row)).allSatisfy(problem -> {
            assertThat(problem.remedy()).isNotBlank();
            assertThat(problem.toString()).doesNotContain("c2VjcmV0", "joe:secret");
        });
    }

    @ParameterizedTest
    @MethodSource("valid")
    void check_specAtTheEdge_passes(Row row) {
        assertThatNoException().isThrownBy(row::check);
    }

    @Test
    void tables_size_isWhatIsPromised() {
        assertThat(invalid()).hasSizeGreaterThanOrEqualTo(300).doesNotHaveDuplicates();
        assertThat(valid()).hasSizeGreaterThanOrEqualTo(50);
    }

    static Stream<Row> invalid() {
        return rows("invalid-specs.txt");
    }

    static Stream<Row> valid() {
        return rows("valid-specs.txt");
    }

    private static Stream<Row> rows(String name) {
        try (InputStream in = Objects.requireNonNull(SpecTableTest.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(Row::parse);
        } catch (IOException e) {
            throw new IllegalStateException(name, e);
        }
    }

    private static List<Problem> problems(Row row) {
        try {
            row.check();
            return List.of();
        } catch (InvalidSpecException e) {
            return e.problems();
        }
    }

    private static Object load(String yaml) {
        return Objects.requireNonNull(new Load(LoadSettings.builder().build()).loadFromString(yaml));
    }

    /** Lays one tree over another; lists are joined place by place. */
    private static Object merged(Object under, Object over) {
        if (under instanceof Map<?, ?> first && over instanceof Map<?, ?> second) {
            Map<Object, Object> all = new LinkedHashMap<>(first);
            second.forEach(
                    (key, value) -> all.merge(key, value == null ? Absent.VALUE : value, (a, b) -> merged(a, b)));
            all.replaceAll((key, value) -> value == Absent.VALUE ? null : value);
            return all;
        }
        if (under instanceof List<?> first
                && over instanceof List<?> second
                && first.size() == 1
                && second.size() == 1
                && first.get(0) instanceof Map) {
            return List.of(merged(first.get(0), second.get(0)));
        }
        return over;
    }

    /** Stands for null, which maps cannot merge. */
    private enum Absent {
        VALUE
    }
}
