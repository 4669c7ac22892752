package io.hcp.testbed.fake;

import io.hcp.api.model.Component;
import io.hcp.core.internal.gateway.Lease;
import io.hcp.core.internal.gateway.TenantGateways;
import io.hcp.core.internal.spec.TenantRecord;
import io.hcp.testbed.contract.ContractTenant;
import java.time.Duration;
import java.util.Optional;

/** The tenant of these tests, as one JVM sees it. */
record Acme(ContractTenant tenant, FakeMachine machine) {
    static final String NAME = "acme";

    static Acme on(FakeMachine machine) {
        return new Acme(
                new ContractTenant(machine, FakeContractsTest.described(NAME), FakeContractsTest.PORTS), machine);
    }

    Lease acquire() {
        return machine.acquire(NAME);
    }

    TenantGateways gateways() {
        return tenant.gateways();
    }

    TenantRecord record() {
        return tenant.record();
    }

    void writeRecord(Lease lease) {
        gateways().records().write(lease, record(), Optional.empty());
    }

    /** Four writes: the record, the certificates, a key, and the start of etcd. */
    void create(Lease lease) {
        writeRecord(lease);
        gateways().certificates().create(lease, tenant.described());
        gateways().encryptionKeys().create(lease, "secretbox-1");
        start(lease, Component.ETCD);
    }

    void removeAll(Lease lease) {
        gateways().storage().remove(lease, Optional.of(record()));
    }

    void start(Lease lease, Component component) {
        gateways()
                .processes()
                .start(lease, tenant.blueprint().of(component), tenant.ports().of(component));
    }

    boolean awaitServing(Component component) {
        return machine.world()
                .time()
                .until(
                        Duration.ofMinutes(1),
                        () -> gateways()
                                .processes()
                                .isServing(tenant.blueprint().of(component)));
    }
}
