package io.hcp.core.internal.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.hcp.api.error.ErrorKind;
import io.hcp.api.error.HcpException;
import io.hcp.core.fixture.Tenants;
import io.hcp.core.internal.blueprint.Ports;
import io.hcp.core.internal.blueprint.TenantLayout;
import io.hcp.core.internal.gateway.Records.Stored;
import io.hcp.core.internal.spec.TenantRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalRecordsTest {
    private static final TenantRecord ACME = TenantRecord.of(Tenants.plain("1.36.3"), new Ports(1, 2, 3, 4, 5));
    private static final TenantRecord LATER = ACME.asBootstrapped();

    @TempDir
    Path directory;

    private final TestLease lease = new TestLease();
    private TenantLayout layout;
    private LocalRecords records;

    @BeforeEach
    void makeRecords() {
        layout = new TenantLayout(directory.resolve("tenants/acme"));
        records = new LocalRecords("acme", layout);
    }

    @Test
    void read_nothingStored_isEmpty() {
        assertThat(records.read()).isEmpty();
        assertThat(layout.root()).doesNotExist();
    }

    @Test
    void write_first_isReadBackAndPrivate() throws IOException {
        Stored stored = records.write(lease, ACME, Optional.empty());

        assertThat(stored.record()).isEqualTo(ACME);
        assertThat(stored.revision()).matches("[0-9a-f]{16}");
        assertThat(records.read()).contains(stored);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(layout.record())))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(layout.root())))
                .isEqualTo("rwx------");
    }

    @Test
    void write_inPlaceOfWhatWasRead_replacesIt() {
        Stored first = records.write(lease, ACME, Optional.empty());

        Stored second = records.write(lease, LATER, Optional.of(first.revision()));

        assertThat(records.read()).contains(second);
        assertThat(second.revision()).isNotEqualTo(first.revision());
    }

    @Test
    void write_somethingElseIsStored_isAConflictAndChangesNothing() {
        Stored first = records.write(lease, ACME, Optional.empty());

        for (Optional<String> expected : List.of(Optional.<String>empty(), Optional.of("0123456789abcdef"))) {
            assertThatExceptionOfType(HcpException.class)
                    .isThrownBy(() -> records.write(lease, LATER, expected))
                    .withMessage("the record of tenant \"acme\" was changed by somebody else meanwhile. Remedy: look at"
                            + " the tenant, then make the same call again")
                    .satisfies(problem -> assertThat(problem.kind()).isEqualTo(ErrorKind.CONFLICT));
        }
        assertThat(records.read()).contains(first);
    }

    @Test
    void write_recordThatIsGone_isAConflictAndMakesNone() {
        assertThatExceptionOfType(HcpException.class)
                .isThrownBy(() -> records.write(lease, LATER, Optional.of("0123456789abcdef")))
                .satisfies(problem -> assertThat(problem.kind()).isEqualTo(ErrorKind.CONFLICT));
        assertThat(layout.root()).doesNotExist();
    }

    @Test
    void write_exactlyThisIsStored_isDoneAlready() {
        Stored first = records.write(lease, ACME, Optional.empty());
        Stored second = records.write(lease, LATER, Optional.of(first.revision()));

        assertThat(records.write(lease, LATER, Optional.of(first.revision()))).isEqualTo(second);
    }

    @Test
    void write_fileEditedByHand_isAConflict() throws IOException {
        Stored first = records.write(lease, ACME, Optional.empty());
        Files.writeString(layout.record(), Files.readString(layout.record()).replace("1.36.3", "1.36.4"));

        assertThatExceptionOfType(HcpException.class)
                .isThrownBy(() -> records.write(lease, LATER, Optional.of(first.revision())))
                .satisfies(problem -> assertThat(problem.kind()).isEqualTo(ErrorKind.CONFLICT));
    }

    @Test
    void write_leaseLost_isRefused() {
        TestLease.assertRefused(() -> records.write(TestLease.lost(), ACME, Optional.empty()));

        assertThat(layout.root()).doesNotExist();
    }

    @Test
    void write_leaseOfAnotherTenant_isRefused() {
        LocalRecords globex = new LocalRecords("globex", new TenantLayout(directory.resolve("tenants/globex")));

        assertThatExceptionOfType(HcpException.class)
                .isThrownBy(() -> globex.write(lease, ACME, Optional.empty()))
                .satisfies(problem -> assertThat(problem.kind()).isEqualTo(ErrorKind.LOCKED));
    }

    @Test
    void read_damagedRecord_namesTheFileAndTheReason() throws IOException {
        records.write(lease, ACME, Optional.empty());
        Files.writeString(layout.record(), "kind: Pod");

        assertThatExceptionOfType(HcpException.class)
                .isThrownBy(records::read)
                .withMessageStartingWith("the tenant's record " + layout.record() + " is damaged: it is not readable")
                .withMessageContaining("UnknownValue: kind is \"Pod\"; write TenantControlPlane")
                .withMessageEndingWith("Remedy: restore the file from a backup, or correct it by hand")
                .withCauseInstanceOf(IllegalArgumentException.class)
                .satisfies(problem -> assertThat(problem.kind()).isEqualTo(ErrorKind.RECORD_DAMAGED));
        assertThat(records.readIfIntact()).isEmpty();
    }

    @Test
    void read_recordOfAnotherTenant_isDamaged() {
        records.write(lease, ACME, Optional.empty());

        assertThatExceptionOfType(HcpException.class)
                .isThrownBy(() -> new LocalRecords("globex", layout).read())
                .withMessageContaining("is damaged: metadata.name is not globex");
    }
}
