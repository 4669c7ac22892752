package io.hcp.core.internal.machine;

import io.hcp.api.error.ErrorKind;
import io.hcp.api.error.HcpException;
import io.hcp.core.internal.blueprint.Blueprint;
import io.hcp.core.internal.blueprint.BlueprintInput;
import io.hcp.core.internal.blueprint.TenantLayout;
import io.hcp.core.internal.catalog.Release;
import io.hcp.core.internal.catalog.ReleaseCatalog;
import io.hcp.core.internal.spec.TenantRecord;

/** What a tenant's record means on a machine. */
final class MachineBlueprint {
    private MachineBlueprint() {}

    static Blueprint of(TenantRecord tenant, TenantLayout layout) {
        return Blueprint.of(input(tenant, layout));
    }

    static BlueprintInput input(TenantRecord tenant, TenantLayout layout) {
        Release release = ReleaseCatalog.bundled()
                .find(tenant.spec().kubernetesVersion())
                .orElseThrow(() -> new HcpException(
                        ErrorKind.INVALID_SPEC,
                        "Kubernetes %s of tenant \"%s\" is unknown"
                                .formatted(
                                        tenant.spec().kubernetesVersion(),
                                        tenant.spec().name()),
                        "use a newer version of this library, or a release of "
                                + ReleaseCatalog.bundled().minors()));
        return new BlueprintInput(
                tenant.spec(), release, tenant.ports(), tenant.encryption(), layout, tenant.renderRevision());
    }
}
