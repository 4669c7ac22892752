package io.hcp.core.internal.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.hcp.api.model.KubernetesVersion;
import io.hcp.api.model.NetworkProfile;
import io.hcp.api.model.TenantControlPlane;
import io.hcp.core.fixture.Goldens;
import io.hcp.core.fixture.Seeds;
import io.hcp.core.fixture.Seeds.Seeded;
import io.hcp.core.fixture.SpecGenerator;
import io.hcp.core.internal.blueprint.Blueprint;
import io.hcp.core.internal.blueprint.EncryptionState;
import io.hcp.core.internal.blueprint.Ports;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TenantYamlTest {
    private static final TenantRecord ACME = TenantRecord.of(
                    TenantControlPlane.builder()
                            .name("acme")
                            .kubernetesVersion("1.36.3")
                            .networkProfile(n -> n.port(6443))
                            .build(),
                    new Ports(20_001, 20_002, 6443, 20_004, 20_005))
            .asBootstrapped();
    private static final int CASES = 500;

    @Test
    void write_record_isAKubernetesResource() {
        Goldens.assertMatches(TenantYamlTest.class, "acme", TenantYaml.write(ACME));
    }

    @Test
    void read_whatWasWritten_isTheSame() {
        assertThat(TenantYaml.read(TenantYaml.write(ACME))).isEqualTo(ACME);
    }

    @Test
    void read_anyRecordWritten_isTheSame() {
        Seeded seed = Seeds.print(TenantYamlTest.class);
        SpecGenerator specs = new SpecGenerator(seed);
        for (int number = 0; number < CASES; number++) {
            TenantRecord record = anyRecord(seed, specs);

            assertThat(TenantYaml.read(TenantYaml.write(record)))
                    .as(seed.toString())
                    .isEqualTo(record);
        }
    }

    @Test
    void read_anyDamage_isARecordOrAReadableReason() {
        Seeded seed = Seeds.print(TenantYamlTest.class);
        String whole = TenantYaml.write(ACME);
        for (int number = 0; number < CASES; number++) {
            int from = seed.random().nextInt(whole.length());
            int to = from + seed.random().nextInt(Math.min(12, whole.length() - from));
            String damaged = whole.substring(0, from) + (char) seed.random().nextInt(128) + whole.substring(to);
            try {
                assertThat(TenantYaml.read(damaged)).isNotNull();
            } catch (IllegalArgumentException e) {
                assertThat(e).as("%s: %s", seed, damaged).message().isNotBlank();
            }
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            hcp.io/v1alpha1           | hcp.io/v2       | UnknownValue  | apiVersion
            kind: TenantControlPlane  | kind: Pod       | UnknownValue  | kind
            name: acme                | name: 7         | WrongType     | metadata.name
            name: acme                | called: acme    | UnknownField  | metadata.called
            name: acme                | name:           | Required      | metadata.name
            version: 1.36.3           | version: 1.36   | WrongType     | spec.kubernetes.version
            version: 1.36.3           | version: latest | KubernetesVersionInvalid | spec.kubernetes.version
            kubernetes:               | other:          | Required      | spec.kubernetes.version
            port: 6443                | port: high      | WrongType     | spec.networkProfile.port
            bootstrapped: true        | bootstrapped: 1 | WrongType     | status.bootstrapped
            deleting: false           | removed: false  | Required      | status.deleting
            20001                     | first           | WrongType     | status.ports[0]
            20001                     | 0               | PortOutOfRange | status.ports[0]
            renderRevision: 2         | renderRevision: no | WrongType  | status.renderRevision
            status:                   | state:          | Required      | status.ports
            """)
    void read_damagedField_isNamed(String found, String replacement, String code, String path) {
        String damaged = TenantYaml.write(ACME).replace(found, replacement);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> TenantYaml.read(damaged))
                .withMessageStartingWith("it is not readable: ")
                .withMessageContaining(code + ": " + path + " is ");
    }

    @Test
    void read_tooFewPorts_isRefused() {
        String damaged = TenantYaml.write(ACME).replace("  - 20005\n", "");
        assertThat(damaged).doesNotContain("20005");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> TenantYaml.read(damaged))
                .withMessageContaining("WrongType: status.ports is \"[20001, 20002, 6443, 20004]\"; write five ports");
    }

    @Test
    void read_emptyOrNoYaml_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TenantYaml.read(""))
                .withMessageContaining("WrongType: the value is \"\"; write a TenantControlPlane");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TenantYaml.read("a: [b"))
                .withMessageContaining("YamlInvalid: the value is \"line 1, column 6\"");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TenantYaml.read("a: 1\na: 2\n"))
                .withMessageContaining("DuplicateKey: a is \"a\"; write it once");
    }

    /** What the versions before the fields below were added wrote; their tenants still run. */
    @Test
    void read_recordsOfEarlierVersions_isTheRecord() {
        assertThat(TenantYaml.read("""
                        apiVersion: hcp.io/v1alpha1
                        kind: TenantControlPlane
                        metadata:
                          name: acme
                        spec:
                          kubernetes:
                            version: 1.36.3
                          networkProfile:
                            port: 6443
                        status:
                          ports:
                          - 20001
                          - 20002
                          - 6443
                          - 20004
                          - 20005
                          bootstrapped: true
                          deleting: false
                        """)).isEqualTo(ofRevision(1, ACME));
        assertThat(TenantYaml.read("""
                        apiVersion: hcp.io/v1alpha1
                        kind: TenantControlPlane
                        metadata:
                          name: 'null'
                        spec:
                          kubernetes:
                            version: 1.36.3
                        status:
                          ports: [1, 2, 3, 4, 5]
                          bootstrapped: false
                          deleting: true
                        """))
                .isEqualTo(ofRevision(
                                1,
                                TenantRecord.of(
                                        ACME.spec()
                                                .withName("null")
                                                .withNetworkProfile(
                                                        NetworkProfile.builder().build()),
                                        new Ports(1, 2, 3, 4, 5)))
                        .asDeleting());
    }

    @Test
    void record_copies_changeOneThing() {
        Ports others = new Ports(1, 2, 3, 4, 5);
        EncryptionState secrets = new EncryptionState(List.of("secretbox-1"), List.of("secrets"));

        assertThat(ACME.withPorts(others))
                .isEqualTo(new TenantRecord(
                        ACME.spec(),
                        others,
                        EncryptionState.NONE,
                        Blueprint.RENDER_REVISION,
                        Optional.empty(),
                        true,
                        Optional.empty(),
                        false));
        assertThat(ACME.withSpec(ACME.spec().withName("other")).spec().name()).isEqualTo("other");
        assertThat(ACME.withEncryption(secrets))
                .isEqualTo(new TenantRecord(
                        ACME.spec(),
                        ACME.ports(),
                        secrets,
                        Blueprint.RENDER_REVISION,
                        Optional.empty(),
                        true,
                        Optional.empty(),
                        false));
        assertThat(ACME.asDeleting())
                .isEqualTo(new TenantRecord(
                        ACME.spec(),
                        ACME.ports(),
                        EncryptionState.NONE,
                        Blueprint.RENDER_REVISION,
                        Optional.empty(),
                        true,
                        Optional.empty(),
                        true));
        assertThat(TenantRecord.of(ACME.spec(), ACME.ports()).asBootstrapped()).isEqualTo(ACME);
        assertThat(ACME.servedSpec()).isEqualTo(ACME.spec());
        assertThat(ACME.asServed()
                        .withSpec(ACME.spec().withKubernetesVersion("1.37.2"))
                        .servedSpec())
                .isEqualTo(ACME.spec());
    }

    @Test
    void planned_newTenant_hasThePortItAskedForAndTheKeyToCome() {
        TenantControlPlane wanted = ACME.spec().withKubernetes(k -> k.encryptionAtRest(e -> {}));

        TenantRecord planned = TenantRecord.planned(wanted, Optional.empty());

        assertThat(planned.ports().apiServer()).isEqualTo(6443);
        assertThat(planned.encryption()).isEqualTo(new EncryptionState(List.of("secretbox-1"), List.of("secrets")));
        assertThat(planned.renderRevision()).isEqualTo(Blueprint.RENDER_REVISION);
    }

    private static TenantRecord ofRevision(int revision, TenantRecord record) {
        return new TenantRecord(
                record.spec(),
                record.ports(),
                record.encryption(),
                revision,
                record.servedVersion(),
                record.bootstrapped(),
                record.published(),
                record.deleting());
    }

    private static TenantRecord anyRecord(Seeded seed, SpecGenerator specs) {
        Random random = seed.random();
        return new TenantRecord(
                specs.next(),
                Ports.of(random.ints(5, 1, 65_536).boxed().toList()),
                random.nextBoolean()
                        ? EncryptionState.NONE
                        : new EncryptionState(List.of("aescbc-1", "6443", "true"), List.of("secrets", "*.*")),
                random.nextInt(1, 100),
                random.nextBoolean() ? Optional.empty() : Optional.of(KubernetesVersion.parse("1.35.4")),
                random.nextBoolean(),
                Optional.empty(),
                random.nextBoolean());
    }
}
