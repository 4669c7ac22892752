package io.hcp.testbed.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.hcp.api.error.ErrorKind;
import io.hcp.core.internal.gateway.Records;
import io.hcp.core.internal.spec.TenantRecord;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What {@link Records} promises. */
public abstract class RecordsContract extends GatewayContract {
    @Test
    void read_tenantWithoutRecord_isEmpty() {
        assertThat(records().read()).isEmpty();
    }

    @Test
    void write_first_isReadAsItWasWritten() {
        Records.Stored written = records().write(lease(), subject().record(), Optional.empty());
        assertThat(written.record()).isEqualTo(subject().record());
        assertThat(records().read()).contains(written);
    }

    @Test
    void write_first_makesTheTenantKnown() {
        assertThat(subject().machine().tenants()).doesNotContain(subject().name());
        records().write(lease(), subject().record(), Optional.empty());
        assertThat(subject().machine().tenants()).contains(subject().name());
    }

    @Test
    void write_expectedRevision_replacesTheRecordAndChangesTheRevision() {
        Records.Stored first = records().write(lease(), subject().record(), Optional.empty());
        TenantRecord next = subject().record().asBootstrapped();
        Records.Stored second = records().write(lease(), next, Optional.of(first.revision()));
        assertThat(second.revision()).isNotEqualTo(first.revision());
        assertThat(records().read()).contains(second);
        assertThat(second.record()).isEqualTo(next);
    }

    @Test
    void write_staleRevision_isRefusedAndNothingIsWritten() {
        Records.Stored first = records().write(lease(), subject().record(), Optional.empty());
        Records.Stored second =
                records().write(lease(), subject().record().asBootstrapped(), Optional.of(first.revision()));
        assertFails(
                ErrorKind.CONFLICT,
                () -> records().write(lease(), subject().record().asDeleting(), Optional.of(first.revision())));
        assertThat(records().read()).contains(second);
    }

    @Test
    void write_noneExpectedButOneStored_isRefusedAndNothingIsWritten() {
        Records.Stored first = records().write(lease(), subject().record(), Optional.empty());
        assertFails(
                ErrorKind.CONFLICT,
                () -> records().write(lease(), subject().record().asBootstrapped(), Optional.empty()));
        assertThat(records().read()).contains(first);
    }

    @Test
    void write_oneExpectedButNoneStored_isRefusedAndNothingIsWritten() {
        Records.Stored first = records().write(lease(), subject().record(), Optional.empty());
        removeAll();
        assertFails(
                ErrorKind.CONFLICT,
                () -> records().write(lease(), subject().record().asBootstrapped(), Optional.of(first.revision())));
        assertThat(records().read()).isEmpty();
    }

    @Test
    void write_whatIsStoredAlready_isFineWhateverWasExpected() {
        Records.Stored first = records().write(lease(), subject().record(), Optional.empty());
        TenantRecord next = subject().record().asBootstrapped();
        Records.Stored second = records().write(lease(), next, Optional.of(first.revision()));
        assertThat(records().write(lease(), next, Optional.of(first.revision())))
                .isEqualTo(second);
        assertThat(records().write(lease(), next, Optional.empty())).isEqualTo(second);
        assertThat(records().read()).contains(second);
    }

    @Test
    void write_leaseLost_isRefusedAndNothingIsWritten() {
        assertFails(ErrorKind.LOCKED, () -> records().write(lost(), subject().record(), Optional.empty()));
        assertThat(records().read()).isEmpty();
        assertThat(gateways().storage().exists()).isFalse();
    }

    private Records records() {
        return gateways().records();
    }
}
