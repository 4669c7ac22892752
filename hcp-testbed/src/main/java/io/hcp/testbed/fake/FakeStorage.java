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
    public void remove(Lease lease, Optional<TenantRecord> decided) {
        access.write("storage.remove", lease, () -> {
            requireDecided(access.now(), decided);
            REMOVAL.forEach(removal -> access.change(lease, removal));
        });
    }

    private void requireDecided(TenantState state, Optional<TenantRecord> decided) {
        Storage.requireDecided(access.tenant(), state.record().map(Records.Stored::record), decided);
    }

    @Override
    public void retain(Lease lease, String tenantId, Optional<TenantRecord> decided) {
        access.write("storage.retain", lease, () -> {
            access.change(
                    lease,
                    state -> {
                        if (!state.directory()) {
                            return state;
                        }
                        requireDecided(state, decided);
                        requireNone(access.world().putAside().containsKey(aside(tenantId)), "put aside as " + tenantId);
                        return state.processesOnly();
                    },
                    before -> {
                        access.world().putAside().put(aside(tenantId), before.filesOnly());
                        access.world().ports().keepAside(access.tenant(), before);
                    });
        });
    }

    @Override
    public Optional<Retained> retained(String tenantId) {
        return access.read(
                "storage.retained",
                state -> Optional.ofNullable(access.world().putAside().get(aside(tenantId)))
                        .flatMap(FakeStorage::retained));
    }

    private static Optional<Retained> retained(TenantState aside) {
        return aside.record()
                .map(Records.Stored::record)
                .map(record -> new Retained(
                        record.asKept(),
                        aside.authorities().isPresent(),
                        aside.datastore(),
                        record.encryption().keys().stream()
                                .filter(key -> !aside.encryptionKeys().containsKey(key))
                                .toList()));
    }

    private String aside(String tenantId) {
        return access.tenant() + "-" + tenantId;
    }

    @Override
    public void bringBack(Lease lease, String tenantId) {
        access.write("storage.bringBack", lease, () -> {
            Map<String, TenantState> putAside = access.world().putAside();
            access.change(
                    lease,
                    state -> {
                        TenantState files = putAside.get(aside(tenantId));
                        if (files == null) {
                            return state;
                        }
                        requireNone(state.directory(), "stored under its name");
                        return kept(files).with(state.processes());
                    },
                    before -> putAside.remove(aside(tenantId)));
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
