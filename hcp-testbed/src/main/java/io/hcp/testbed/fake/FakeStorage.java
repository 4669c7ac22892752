package io.hcp.testbed.fake;

import io.hcp.api.error.ErrorKind;
import io.hcp.api.error.HcpException;
import io.hcp.core.internal.gateway.Lease;
import io.hcp.core.internal.gateway.Records;
import io.hcp.core.internal.gateway.Storage;
import io.hcp.core.internal.spec.TenantRecord;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** A tenant's files as a whole. */
final class FakeStorage implements Storage {
    /** With less than this, nothing can be written. */
    static final long LEAST_BYTES = 4_096;

    /** The certificates first, so that an interrupted removal leaves the worst: a datastore that nobody can enter. */
    private static final List<UnaryOperator<TenantState>> REMOVAL = List.of(
            state -> state.leaves().isEmpty() ? state : state.withCertificates(state.authorities(), Map.of()),
            state -> state.authorities().isEmpty() ? state : state.withCertificates(Optional.empty(), Map.of()),
            state -> state.encryptionKeys().isEmpty() ? state : state.withEncryptionKeys(Map.of()),
            state -> state.datastore() ? state.withDatastore(false) : state,
            state -> state.journal().isEmpty() ? state : state.withJournal(Optional.empty()),
            state -> state.record().isEmpty() ? state : state.withRecord(Optional.empty()),
            state -> state.directory() ? state.withoutDirectory() : state);

    private final TenantAccess access;

    FakeStorage(TenantAccess access) {
        this.access = access;
    }

    @Override
    public boolean exists() {
        return access.read("storage.exists", TenantState::directory);
    }

    @Override
    public boolean hasDatastore() {
        return access.read("storage.hasDatastore", TenantState::datastore);
    }

    @Override
    public long usableBytes() {
        return access.read(
                "storage.usableBytes", state -> access.world().usableBytes().get());
    }

    @Override
    public void remove(Lease lease) {
        access.write("storage.remove", lease, () -> REMOVAL.forEach(removal -> access.change(lease, removal)));
    }

    @Override
    public void retain(Lease lease, String tenantId) {
        access.write("storage.retain", lease, () -> {
            access.change(
                    lease,
                    state -> {
                        if (!state.directory()) {
                            return state;
                        }
                        requireNone(access.world().putAside().containsKey(tenantId), "put aside as " + tenantId);
                        return state.processesOnly();
                    },
                    before -> {
                        access.world().putAside().put(tenantId, before.filesOnly());
                        access.world().ports().keepAside(access.tenant(), before);
                    });
        });
    }

    @Override
    public Optional<TenantRecord> retained(String tenantId) {
        return access.read(
                "storage.retained",
                state -> Optional.ofNullable(access.world().putAside().get(tenantId))
                        .flatMap(TenantState::record)
                        .map(Records.Stored::record)
                        .filter(record -> record.spec().name().equals(access.tenant()))
                        .map(TenantRecord::asKept));
    }

    @Override
    public void bringBack(Lease lease, String tenantId) {
        access.write("storage.bringBack", lease, () -> {
            Map<String, TenantState> putAside = access.world().putAside();
            access.change(
                    lease,
                    state -> {
                        TenantState files = putAside.get(tenantId);
                        if (files == null) {
                            return state;
                        }
                        requireNone(state.directory(), "stored under its name");
                        return kept(files).with(state.processes());
                    },
                    before -> putAside.remove(tenantId));
        });
    }

    /** As it comes back: nobody deletes it any more. */
    private TenantState kept(TenantState files) {
        Optional<Records.Stored> record = files.record()
                .map(stored -> stored.record().deleting()
                        ? new Records.Stored(
                                stored.record().asKept(),
                                Long.toString(access.world().nextNumber()))
                        : stored);
        return files.withRecord(record);
    }

    private void requireNone(boolean present, String where) {
        if (present) {
            throw new HcpException(
                    ErrorKind.BLOCKED,
                    "something else of tenant \"%s\" is %s".formatted(access.tenant(), where),
                    "look what it is, and remove it if nothing needs it any more");
        }
    }
}
