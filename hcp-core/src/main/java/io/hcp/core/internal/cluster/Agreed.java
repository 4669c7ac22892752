package io.hcp.core.internal.cluster;

import io.hcp.api.error.ErrorKind;
import io.hcp.api.error.HcpException;
import io.hcp.api.model.TenantControlPlane;
import io.hcp.core.internal.cluster.record.OwnObject;
import io.hcp.core.internal.gateway.Lease;
import io.hcp.core.internal.spec.Pinned;
import io.hcp.core.internal.spec.TenantRecord;
import java.util.function.UnaryOperator;

/**
 * A tenant as a plan says it: its description can be edited by anybody at any time, and nothing is done of what nobody has
 * planned, checked and agreed to.
 *
 * @param resource the tenant's own object
 * @param wanted the description that was planned
 */
record Agreed(TenantResource resource, TenantControlPlane wanted) {
    TenantRecord record() {
        OwnObject found = resource.known().orElseGet(resource::require);
        requireAgreed(found.spec());
        return found.record();
    }

    TenantControlPlane spec() {
        return record().spec();
    }

    void edit(Lease lease, UnaryOperator<TenantRecord> change) {
        resource.editRecord(lease, record -> {
            requireAgreed(record.spec());
            return change.apply(record);
        });
    }

    private void requireAgreed(TenantControlPlane found) {
        if (!Pinned.isSame(found, wanted)) {
            throw changed();
        }
    }

    HcpException changed() {
        return new HcpException(
                ErrorKind.CONFLICT,
                "tenant \"" + wanted.name() + "\" was changed by somebody else meanwhile",
                "look at what it is now, then make the same call again");
    }
}
