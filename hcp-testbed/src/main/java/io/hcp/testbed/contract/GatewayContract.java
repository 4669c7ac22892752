package io.hcp.testbed.contract;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hcp.api.error.ErrorKind;
import io.hcp.api.error.HcpException;
import io.hcp.core.internal.gateway.Lease;
import io.hcp.core.internal.gateway.TenantGateways;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** What all suites share: a tenant that does not exist yet, and the right to change it. */
public abstract class GatewayContract {
    private ContractTenant tenant;
    private Lease lease;

    /**
     * Says what to work with. Called once for each test.
     *
     * @return a tenant that does not exist on a machine on which nobody else works
     */
    protected abstract ContractTenant tenant();

    @BeforeEach
    void acquire() {
        tenant = tenant();
        lease = tenant.machine().acquire(tenant.name());
    }

    @AfterEach
    void release() {
        lease.close();
        tenant.machine().close();
    }

    /** {@return what this test works with} */
    protected final ContractTenant subject() {
        return tenant;
    }

    /** {@return the gateways of this test's tenant} */
    protected final TenantGateways gateways() {
        return tenant.gateways();
    }

    /** {@return the right to change this test's tenant} */
    protected final Lease lease() {
        return lease;
    }

    /** {@return a right to change the tenant that is no longer held} */
    protected final Lease lost() {
        lease.close();
        return lease;
    }

    /** Removes what is stored of this test's tenant. */
    protected final void removeAll() {
        gateways().storage().remove(lease(), gateways().records().readIfIntact());
    }

    /**
     * Asserts how a call fails.
     *
     * @param kind what it has to fail with
     * @param call the call
     */
    protected static void assertFails(ErrorKind kind, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOf(HcpException.class)
                .extracting(thrown -> ((HcpException) thrown).kind())
                .isEqualTo(kind);
    }
}
