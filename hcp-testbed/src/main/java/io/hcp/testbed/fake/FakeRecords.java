package io.hcp.testbed.fake;

import io.hcp.api.error.ErrorKind;
import io.hcp.api.error.HcpException;
import io.hcp.core.internal.gateway.Lease;
import io.hcp.core.internal.gateway.Records;
import io.hcp.core.internal.spec.TenantRecord;
import java.util.Optional;

/** The record of a tenant, with a revision that never comes back. */
final class FakeRecords implements Records {
    private final TenantAccess access;

    FakeRecords(TenantAccess access) {
        this.access = access;
    }

    @Override
    public Optional<Stored> read() {
        return access.read("records.read", TenantState::record);
    }

    @Override
    public Stored write(Lease lease, TenantRecord next, Optional<String> expected) {
        return access.write("records.write", lease, () -> {
            access.requireSpace();
            Stored written = new Stored(next, Long.toString(access.world().nextNumber()));
            access.change(lease, state -> {
                Optional<Stored> stored = state.record();
                if (stored.filter(known -> known.record().equals(next)).isPresent()) {
                    return state;
                }
                requireExpected(stored.map(Stored::revision), expected);
                return state.withRecord(Optional.of(written));
            });
            return access.now().record().orElse(written);
        });
    }

    private void requireExpected(Optional<String> stored, Optional<String> expected) {
        if (!stored.equals(expected)) {
            throw new HcpException(
                    ErrorKind.CONFLICT,
                    "the record of tenant \"%s\" has revision %s, not %s"
                            .formatted(access.tenant(), stored.orElse("none"), expected.orElse("none")),
                    "read it again, and decide anew");
        }
    }
}
