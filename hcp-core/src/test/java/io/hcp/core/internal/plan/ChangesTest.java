package io.hcp.core.internal.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.hcp.api.model.AuditPolicy;
import io.hcp.api.model.EncryptionAtRest;
import io.hcp.api.model.TenantControlPlane;
import io.hcp.api.plan.FieldChange;
import io.hcp.core.fixture.Seeds;
import io.hcp.core.fixture.Seeds.Seeded;
import io.hcp.core.fixture.SpecGenerator;
import io.hcp.core.fixture.Tenants;
import io.hcp.core.internal.spec.form.Documents;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ChangesTest {
    private static final int CASES = 500;
    private static final TenantControlPlane PLAIN = Tenants.plain("1.36.3");

    @Test
    void between_randomDescriptions_tellsWhatDiffersAndNothingElse() {
        Seeded seed = Seeds.print(ChangesTest.class);
        SpecGenerator generator = new SpecGenerator(seed);
        TenantControlPlane before = generator.next();
        for (int number = 0; number < CASES; number++) {
            TenantControlPlane after = generator.next().withName(before.name());
            String situation = seed + " case " + number + ": " + before + " to " + after;

            List<FieldChange> changes = Changes.between(Optional.of(before), after);
            assertThat(changes.isEmpty()).as(situation).isEqualTo(before.equals(after));
            assertThat(changes)
                    .as(situation)
                    .allMatch(change -> !change.before().equals(change.after()));
            assertThat(Changes.between(Optional.of(after), before))
                    .as(situation)
                    .containsExactlyElementsOf(
                            changes.stream().map(ChangesTest::reversed).toList());
            assertThat(Changes.between(Optional.of(after), after)).as(situation).isEmpty();
            before = after;
        }
    }

    @Test
    void between_newTenant_addsAllThatIsSet() {
        assertThat(Changes.between(Optional.empty(), PLAIN))
                .allMatch(change -> change.before().isEmpty())
                .extracting(FieldChange::path)
                .containsExactlyElementsOf(Documents.values(PLAIN).keySet());
    }

    @Test
    void between_groupThatIsThereAndEmpty_isToldUnlessItsPartsAre() {
        TenantControlPlane empty = PLAIN.withKubernetes(k -> k.encryptionAtRest(
                        EncryptionAtRest.builder().build())
                .auditPolicy(AuditPolicy.builder().omitManagedFields(true).build()));
        TenantControlPlane filled = empty.withKubernetes(k -> k.encryptionAtRest(e -> e.addResource("configmaps"))
                .auditPolicy(AuditPolicy.builder().build()));

        assertThat(Changes.between(Optional.of(PLAIN), empty))
                .containsExactly(
                        new FieldChange(
                                "spec.kubernetes.auditPolicy.omitManagedFields", Optional.empty(), Optional.of("true")),
                        new FieldChange("spec.kubernetes.encryptionAtRest", Optional.empty(), Optional.of("{}")));
        assertThat(Changes.between(Optional.of(empty), filled))
                .containsExactly(
                        new FieldChange(
                                "spec.kubernetes.auditPolicy.omitManagedFields", Optional.of("true"), Optional.empty()),
                        new FieldChange(
                                "spec.kubernetes.encryptionAtRest.resources",
                                Optional.empty(),
                                Optional.of("[configmaps]")));
    }

    private static FieldChange reversed(FieldChange change) {
        return new FieldChange(change.path(), /* before= */ change.after(), /* after= */ change.before());
    }
}
