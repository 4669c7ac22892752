package io.hcp.testbed.fake;

import io.hcp.core.internal.gateway.EncryptionKeys;
import io.hcp.core.internal.gateway.Lease;
import java.util.Collection;
import java.util.List;

/** A tenant's encryption keys: names with identities. */
final class FakeEncryptionKeys implements EncryptionKeys {
    private final TenantAccess access;

    FakeEncryptionKeys(TenantAccess access) {
        this.access = access;
    }

    @Override
    public List<String> damaged(Collection<String> names) {
        return access.read(
                "encryptionKeys.damaged",
                state -> names.stream()
                        .filter(name -> !state.encryptionKeys().containsKey(name))
                        .toList());
    }

    @Override
    public void create(Lease lease, String name) {
        access.write("encryptionKeys.create", lease, () -> {
            access.requireSpace();
            String identity = access.world().newIdentity();
            access.change(
                    lease,
                    state ->
                            state.encryptionKeys().containsKey(name) ? state : state.withEncryptionKey(name, identity));
        });
    }
}
