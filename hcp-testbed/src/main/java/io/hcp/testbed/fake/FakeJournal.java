package io.hcp.testbed.fake;

import io.hcp.core.internal.gateway.Journal;
import io.hcp.core.internal.gateway.JournalEntry;
import io.hcp.core.internal.gateway.Lease;
import java.util.Optional;

/** The last entry of a tenant's journal. */
final class FakeJournal implements Journal {
    private final TenantAccess access;

    FakeJournal(TenantAccess access) {
        this.access = access;
    }

    @Override
    public Optional<JournalEntry> read() {
        return access.read("journal.read", TenantState::journal);
    }

    @Override
    public void write(Lease lease, JournalEntry entry) {
        access.write("journal.write", lease, () -> {
            access.requireSpace();
            Optional<JournalEntry> next = Optional.of(entry);
            access.change(
                    lease,
                    state -> !state.directory() || state.journal().equals(next) ? state : state.withJournal(next));
        });
    }
}
