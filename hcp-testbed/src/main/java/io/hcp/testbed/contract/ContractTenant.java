package io.hcp.testbed.contract;

import io.hcp.api.model.TenantControlPlane;
import io.hcp.core.internal.blueprint.Blueprint;
import io.hcp.core.internal.blueprint.BlueprintInput;
import io.hcp.core.internal.blueprint.Ports;
import io.hcp.core.internal.catalog.ReleaseCatalog;
import io.hcp.core.internal.gateway.Machine;
import io.hcp.core.internal.gateway.TenantGateways;
import io.hcp.core.internal.spec.TenantRecord;
import java.net.URI;

/**
 * What a contract suite works with.
 *
 * @param machine a machine on which nobody else works
 * @param described the description of a tenant that does not exist there, with its defaults resolved
 * @param ports free ports for it
 */
public record ContractTenant(Machine machine, TenantControlPlane described, Ports ports) {
    /** {@return the tenant's name} */
    public String name() {
        return described.name();
    }

    /** {@return the way to the tenant} */
    public TenantGateways gateways() {
        return machine.tenant(name());
    }

    /** {@return the first record that it is to have} */
    public TenantRecord record() {
        return TenantRecord.of(described, ports);
    }

    /** {@return its components, as they are to run} */
    public Blueprint blueprint() {
        return Blueprint.of(input());
    }

    /** {@return the address of its API server} */
    public URI apiServer() {
        return input().apiServer();
    }

    private BlueprintInput input() {
        return new BlueprintInput(
                described,
                ReleaseCatalog.bundled().find(described.kubernetesVersion()).orElseThrow(),
                ports,
                record().encryption(),
                gateways().layout(),
                record().renderRevision());
    }
}
