package io.hcp.testbed.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.hcp.api.error.ErrorKind;
import io.hcp.core.internal.blueprint.EncryptionState;
import io.hcp.core.internal.gateway.Records;
import io.hcp.core.internal.gateway.Storage;
import io.hcp.core.internal.spec.TenantRecord;
import io.hcp.pki.Authority;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What {@link Storage} promises. */
public abstract class StorageContract extends GatewayContract {
    private static final String ID = "bcdfghjkmnpqrstv";
    private static final String KEY = "secretbox-1";
    private static final EncryptionState SECRETS = new EncryptionState(List.of(KEY), List.of("secrets"));

    @Test
    void exists_nothingThere_isFalse() {
        assertThat(storage().exists()).isFalse();
        assertThat(storage().hasDatastore()).isFalse();
        assertThat(storage().usableBytes()).isPositive();
    }

    @Test
    void remove_tenantWithEverything_leavesNothing() {
        makeTenant();
        assertThat(storage().exists()).isTrue();
        removeAll();
        assertNothingLeft();
    }

    @Test
    void remove_nothingThere_doesNothing() {
        removeAll();
        assertNothingLeft();
    }

    @Test
    void remove_leaseLost_isRefusedAndEverythingStays() {
        Records.Stored stored = makeTenant();
        assertFails(ErrorKind.LOCKED, () -> storage().remove(lost(), Optional.of(stored.record())));
        assertThat(gateways().records().read()).contains(stored);
        assertThat(gateways().certificates().exist()).isTrue();
    }

    @Test
    void removeAndRetain_decidedByAnotherRecord_areRefusedAndEverythingStays() {
        Records.Stored stored = makeTenant();
        Optional<TenantRecord> another = Optional.of(stored.record().asDeleting());
        assertFails(ErrorKind.CONFLICT, () -> storage().remove(lease(), another));
        assertFails(ErrorKind.CONFLICT, () -> storage().remove(lease(), Optional.empty()));
        assertFails(ErrorKind.CONFLICT, () -> storage().retain(lease(), ID, another));
        assertThat(gateways().records().read()).contains(stored);
        assertThat(gateways().certificates().exist()).isTrue();
        assertThat(storage().retained(ID)).isEmpty();
    }

    @Test
    void remove_recordIsGoneAlready_finishes() {
        gateways().encryptionKeys().create(lease(), KEY);
        storage().remove(lease(), Optional.of(subject().record()));
        assertNothingLeft();
    }

    @Test
    void retain_tenant_leavesNothingUnderItsName() {
        Records.Stored stored = makeTenant();
        storage().retain(lease(), ID, known());
        assertNothingLeft();
        assertThat(storage().retained(ID).map(Storage.Retained::record)).contains(stored.record());
        assertThat(storage().retained("another")).isEmpty();
    }

    @Test
    void retained_partOfATenant_tellsWhatIsMissing() {
        gateways().records().write(lease(), subject().record().withEncryption(SECRETS), Optional.empty());
        storage().retain(lease(), ID, known());
        Storage.Retained bare = storage().retained(ID).orElseThrow();
        assertThat(bare.authorities()).isFalse();
        assertThat(bare.datastore()).isFalse();
        assertThat(bare.damagedKeys()).containsExactly(KEY);

        storage().bringBack(lease(), ID);
        gateways().certificates().create(lease(), subject().described());
        gateways().encryptionKeys().create(lease(), KEY);
        storage().retain(lease(), ID, known());
        Storage.Retained whole = storage().retained(ID).orElseThrow();
        assertThat(whole.authorities()).isTrue();
        assertThat(whole.damagedKeys()).isEmpty();
    }

    @Test
    void retain_again_changesNothing() {
        Records.Stored stored = makeTenant();
        storage().retain(lease(), ID, known());
        storage().retain(lease(), ID, known());
        assertThat(storage().retained(ID).map(Storage.Retained::record)).contains(stored.record());
    }

    @Test
    void retain_anotherIsThereUnderThatId_isBlockedAndBothStay() {
        Records.Stored first = makeTenant();
        storage().retain(lease(), ID, known());
        Records.Stored second = makeTenant();
        assertFails(ErrorKind.BLOCKED, () -> storage().retain(lease(), ID, known()));
        assertThat(gateways().records().read()).contains(second);
        assertThat(storage().retained(ID).map(Storage.Retained::record)).contains(first.record());
    }

    @Test
    void retain_leaseLost_isRefusedAndEverythingStays() {
        Records.Stored stored = makeTenant();
        assertFails(ErrorKind.LOCKED, () -> storage().retain(lost(), ID, Optional.of(stored.record())));
        assertThat(gateways().records().read()).contains(stored);
        assertThat(storage().retained(ID)).isEmpty();
    }

    @Test
    void bringBack_retained_isAllThereAgain() {
        Records.Stored stored = makeTenant();
        String authority = gateways().certificates().load().trustBundle(Authority.CLUSTER);
        storage().retain(lease(), ID, known());
        storage().bringBack(lease(), ID);
        assertThat(gateways().records().read().map(Records.Stored::record)).contains(stored.record());
        assertThat(gateways().certificates().load().trustBundle(Authority.CLUSTER))
                .isEqualTo(authority);
        assertThat(gateways().encryptionKeys().damaged(List.of(KEY))).isEmpty();
        assertThat(storage().retained(ID)).isEmpty();
        assertThat(subject().machine().tenants()).contains(subject().name());
    }

    @Test
    void bringBack_again_changesNothing() {
        Records.Stored stored = makeTenant();
        storage().retain(lease(), ID, known());
        storage().bringBack(lease(), ID);
        storage().bringBack(lease(), ID);
        assertThat(gateways().records().read().map(Records.Stored::record)).contains(stored.record());
    }

    @Test
    void bringBack_nothingPutAside_changesNothing() {
        storage().bringBack(lease(), ID);
        assertNothingLeft();
    }

    @Test
    void bringBack_anotherIsThereUnderItsName_isBlockedAndBothStay() {
        Records.Stored first = makeTenant();
        storage().retain(lease(), ID, known());
        Records.Stored second = makeTenant();
        assertFails(ErrorKind.BLOCKED, () -> storage().bringBack(lease(), ID));
        assertThat(gateways().records().read()).contains(second);
        assertThat(storage().retained(ID).map(Storage.Retained::record)).contains(first.record());
    }

    @Test
    void bringBack_deletedTenant_isNoLongerBeingDeleted() {
        Records.Stored stored = makeTenant();
        gateways().records().write(lease(), stored.record().asDeleting(), Optional.of(stored.revision()));
        storage().retain(lease(), ID, known());
        assertThat(storage().retained(ID).map(Storage.Retained::record)).contains(stored.record());
        storage().bringBack(lease(), ID);
        assertThat(gateways().records().read().map(Records.Stored::record)).contains(stored.record());
    }

    @Test
    void bringBack_leaseLost_isRefusedAndItStaysAside() {
        Records.Stored stored = makeTenant();
        storage().retain(lease(), ID, known());
        assertFails(ErrorKind.LOCKED, () -> storage().bringBack(lost(), ID));
        assertThat(storage().exists()).isFalse();
        assertThat(storage().retained(ID).map(Storage.Retained::record)).contains(stored.record());
    }

    private void assertNothingLeft() {
        assertThat(storage().exists()).isFalse();
        assertThat(storage().hasDatastore()).isFalse();
        assertThat(gateways().records().read()).isEmpty();
        assertThat(gateways().certificates().exist()).isFalse();
        assertThat(gateways().encryptionKeys().damaged(List.of(KEY))).containsExactly(KEY);
        assertThat(subject().machine().tenants()).doesNotContain(subject().name());
    }

    private Records.Stored makeTenant() {
        Records.Stored stored = gateways().records().write(lease(), subject().record(), Optional.empty());
        gateways().certificates().create(lease(), subject().described());
        gateways().encryptionKeys().create(lease(), KEY);
        return stored;
    }

    private Optional<TenantRecord> known() {
        return gateways().records().readIfIntact();
    }

    private Storage storage() {
        return gateways().storage();
    }
}
