package io.hcp.core.internal.machine;

import io.hcp.api.error.InvalidSpecException;
import io.hcp.api.error.Problem;
import io.hcp.api.model.Cidr;
import io.hcp.api.model.IpAddress;
import io.hcp.api.model.NetworkProfile;
import io.hcp.api.model.TenantControlPlane;
import io.hcp.core.internal.blueprint.Blueprint;
import io.hcp.core.internal.engine.Ids;
import io.hcp.core.internal.gateway.PortSpace;
import io.hcp.core.internal.spec.SpecDefaults;
import io.hcp.core.internal.spec.SpecValidator;
import io.hcp.core.internal.spec.TenantRecord;
import io.hcp.core.internal.spec.rules.LocalRules;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Makes of what a user wrote what this backend stores: checked, with everything decided but the ports. */
final class MachineDescription {
    private static final IpAddress LOOPBACK_V6 = IpAddress.parse("::1");

    private MachineDescription() {}

    static TenantControlPlane resolve(
            TenantControlPlane written, Optional<TenantRecord> known, PortSpace ports, RandomGenerator random) {
        Optional<TenantControlPlane> stored = known.map(TenantRecord::spec);
        TenantControlPlane resolved = withAddress(SpecDefaults.resolve(written, stored), stored);
        SpecValidator.check(resolved, LocalRules.ALL);
        known.ifPresent(before -> SpecValidator.checkChange(before.servedSpec(), resolved));
        requireLocalAddress(resolved, ports);
        return resolved.tenantId().isPresent() ? resolved : resolved.withTenantId(Ids.tenant(random));
    }

    private static void requireLocalAddress(TenantControlPlane wanted, PortSpace ports) {
        IpAddress address = wanted.networkProfile().address().orElse(Blueprint.LOOPBACK);
        if (!ports.isLocal(address)) {
            throw new InvalidSpecException(Problem.of(
                    "AddressNotLocal",
                    "spec.networkProfile.address",
                    address,
                    "use an address of this machine, or leave the field unset for the loopback address"));
        }
    }

    private static TenantControlPlane withAddress(TenantControlPlane wanted, Optional<TenantControlPlane> stored) {
        NetworkProfile network = wanted.networkProfile();
        if (network.address().isPresent()) {
            return wanted;
        }
        List<Cidr> services = network.serviceCidrs();
        IpAddress loopback = services.isEmpty() || services.get(0).isIpv4() ? Blueprint.LOOPBACK : LOOPBACK_V6;
        IpAddress address =
                stored.flatMap(before -> before.networkProfile().address()).orElse(loopback);
        return wanted.withNetworkProfile(profile -> profile.address(address));
    }
}
