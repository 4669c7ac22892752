package io.hcp.testbed.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.hcp.api.error.ErrorKind;
import io.hcp.core.internal.gateway.EncryptionKeys;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What {@link EncryptionKeys} promises. */
public abstract class EncryptionKeysContract extends GatewayContract {
    private static final String KEY = "secretbox-1";

    @Test
    void damaged_missingKeys_areThose() {
        assertThat(keys().damaged(List.of())).isEmpty();
        assertThat(keys().damaged(List.of(KEY, "aesgcm-1"))).containsExactlyInAnyOrder(KEY, "aesgcm-1");
    }

    @Test
    void create_key_isThere() {
        keys().create(lease(), KEY);
        assertThat(keys().damaged(List.of(KEY, "aesgcm-1"))).containsExactly("aesgcm-1");
    }

    @Test
    void create_again_keepsIt() {
        keys().create(lease(), KEY);
        Object before = identity(KEY);
        keys().create(lease(), KEY);
        assertThat(identity(KEY)).isEqualTo(before);
        assertThat(keys().damaged(List.of(KEY))).isEmpty();
    }

    @Test
    void create_leaseLost_isRefusedAndNoKeyIsMade() {
        assertFails(ErrorKind.LOCKED, () -> keys().create(lost(), KEY));
        assertThat(keys().damaged(List.of(KEY))).containsExactly(KEY);
    }

    /**
     * Tells a key from any other of its name, for example by a hash of its file.
     *
     * @param name the key's name
     * @return equal for the same key only
     */
    protected abstract Object identity(String name);

    private EncryptionKeys keys() {
        return gateways().encryptionKeys();
    }
}
