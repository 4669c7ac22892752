package io.hcp.core.internal.spec.rules;

import io.hcp.api.model.Cidr;
import io.hcp.api.model.TenantControlPlane;
import io.hcp.core.internal.spec.form.Problems;
import java.util.List;

/** The address at which clients reach the API server is an endpoint of the tenant's Service {@code kubernetes}. */
final class FamilyRule {
    private FamilyRule() {}

    /** No endpoint is written for a loopback address. */
    static void check(TenantControlPlane tenant, Problems problems) {
        List<Cidr> services = tenant.networkProfile().serviceCidrs();
        tenant.networkProfile()
                .address()
                .filter(address -> !address.isLoopback() && !services.isEmpty())
                .filter(address -> address.isIpv4() != services.get(0).isIpv4())
                .ifPresent(address -> problems.add(
                        "AddressFamilyMismatch",
                        "spec.networkProfile.address",
                        address,
                        "use an address of the family of " + services.get(0) + ", where Services have theirs"));
    }
}
