package io.hcp.core.internal.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.hcp.api.model.TenantControlPlane;
import io.hcp.core.fixture.Goldens;
import io.hcp.core.fixture.Seeds;
import io.hcp.core.fixture.Seeds.Seeded;
import io.hcp.core.internal.blueprint.Ports;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TenantYamlTest {
    private static final TenantRecord ACME = new TenantRecord(
            TenantControlPlane.builder()
                    .name("acme")
                    .kubernetesVersion("1.36.3")
                    .networkProfile(n -> n.port(6443))
                    .build(),
            new Ports(20_001, 20_002, 6443, 20_004, 20_005),
            true,
            false);
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
        for (int number = 0; number < CASES; number++) {
            TenantRecord record = anyRecord(seed.random());

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
            hcp.io/v1alpha1           | hcp.io/v2       | it is no TenantControlPlane of hcp.io/v1alpha1
            kind: TenantControlPlane  | kind: Pod       | it is no TenantControlPlane of hcp.io/v1alpha1
            name: acme                | name: 7         | metadata.name is no String
            name: acme                | called: acme    | metadata.name is no String
            version: 1.36.3           | version: 1.36   | spec.kubernetes.version is no String
            kubernetes:               | other:          | spec.kubernetes is no Map
            port: 6443                | port: high      | spec.networkProfile.port is no Integer
            bootstrapped: true        | bootstrapped: 1 | status.bootstrapped is no Boolean
            deleting: false           | removed: false  | status.deleting is no Boolean
            20001                     | first           | status.ports is no Integer
            status:                   | state:          | status is no Map
            """)
    void read_damagedField_isNamed(String found, String replacement, String reason) {
        String damaged = TenantYaml.write(ACME).replace(found, replacement);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> TenantYaml.read(damaged))
                .withMessage(reason);
    }

    @Test
    void read_versionThatIsNone_isNamed() {
        String damaged = TenantYaml.write(ACME).replace("1.36.3", "latest");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> TenantYaml.read(damaged))
                .withMessageContaining("it is not readable: ")
                .withMessageContaining("spec.kubernetes.version is \"latest\"");
    }

    @Test
    void read_tooFewPorts_isRefused() {
        String damaged = TenantYaml.write(ACME).replace("- 20005\n", "").replace("  - 20005\n", "");
        assertThat(damaged).doesNotContain("20005");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> TenantYaml.read(damaged))
                .withMessageStartingWith("it is not readable: ");
    }

    @Test
    void read_emptyOrNoYaml_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TenantYaml.read(""))
                .withMessage("the document is no Map");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TenantYaml.read("a: [b"))
                .withMessageStartingWith("it is not readable: while parsing a flow sequence");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TenantYaml.read("a: 1\na: 2\n"))
                .withMessageContaining("found duplicate key a");
    }

    @Test
    void record_copies_changeOneThing() {
        Ports others = new Ports(1, 2, 3, 4, 5);

        assertThat(ACME.withPorts(others)).isEqualTo(new TenantRecord(ACME.spec(), others, true, false));
        assertThat(ACME.asDeleting()).isEqualTo(new TenantRecord(ACME.spec(), ACME.ports(), true, true));
        assertThat(new TenantRecord(ACME.spec(), ACME.ports(), false, false).asBootstrapped())
                .isEqualTo(ACME);
    }

    private static TenantRecord anyRecord(Random random) {
        // Names that YAML could take for something else are the interesting ones.
        String[] names = {"acme", "null", "true", "no", "1e3", "0x1f", "123", "1-2", "y", "00", "a--b"};
        TenantControlPlane.Builder spec = TenantControlPlane.builder()
                .name(names[random.nextInt(names.length)])
                .kubernetesVersion(random.nextInt(1000) + "." + random.nextInt(1000) + "." + random.nextInt(1000));
        if (random.nextBoolean()) {
            spec.networkProfile(n -> n.port(1 + random.nextInt(65_535)));
        }
        return new TenantRecord(
                spec.build(),
                Ports.of(random.ints(5, 1, 65_536).boxed().toList()),
                random.nextBoolean(),
                random.nextBoolean());
    }
}
