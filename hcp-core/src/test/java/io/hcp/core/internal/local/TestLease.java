package io.hcp.core.internal.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.hcp.api.error.ErrorKind;
import io.hcp.api.error.HcpException;
import io.hcp.core.internal.gateway.Lease;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** A lease of tenant {@code acme} that nobody but the test gives back. */
final class TestLease implements Lease {
    private boolean held = true;

    @Override
    public String tenant() {
        return "acme";
    }

    @Override
    public boolean isHeld() {
        return held;
    }

    @Override
    public void close() {
        held = false;
    }

    static TestLease lost() {
        TestLease lease = new TestLease();
        lease.close();
        return lease;
    }

    static void assertRefused(ThrowingCallable write) {
        assertThatExceptionOfType(HcpException.class)
                .isThrownBy(write)
                .withMessage(
                        "the right to change tenant \"acme\" was given back or lost; nothing was changed. Remedy: make"
                                + " the same call again: it goes on where it stopped")
                .satisfies(refused -> assertThat(refused.kind()).isEqualTo(ErrorKind.LOCKED));
    }
}
