package io.hcp.core.internal.machine;

import io.hcp.api.error.ErrorKind;
import io.hcp.api.error.HcpException;
import io.hcp.api.model.Component;
import io.hcp.api.model.Port;
import io.hcp.api.model.TenantControlPlane;
import io.hcp.core.internal.blueprint.Ports;
import io.hcp.core.internal.gateway.Lease;
import io.hcp.core.internal.gateway.PortSpace;
import io.hcp.core.internal.gateway.Records;
import io.hcp.core.internal.gateway.Records.Stored;
import io.hcp.core.internal.spec.TenantRecord;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Chooses a tenant's ports and keeps them in its record, so that no two tenants of a machine get the same. */
record TenantPorts(PortSpace space, Records records, Lease lease) {
    /**
     * Stores a description, with the ports that the tenant has, or with new ones.
     *
     * @param wanted the description
     * @param from the record that the plan was made from
     * @throws HcpException with kind {@code CONFLICT} if another record is there by now
     */
    void record(TenantControlPlane wanted, Optional<TenantRecord> from) {
        boolean unused = space.choosing(choice -> {
            Optional<Stored> stored = records.read();
            Optional<TenantRecord> known = stored.map(Stored::record);
            checkWanted(wanted, known, choice);
            Ports ports = known.map(TenantRecord::ports)
                    .orElseGet(() -> choose(wanted, choice))
                    .asWanted(wanted);
            TenantRecord before = known.orElseGet(() -> TenantRecord.of(wanted, ports));
            TenantRecord next = before.withSpec(wanted).withPorts(ports);
            if (!known.equals(from) && !known.equals(Optional.of(next))) {
                throw new HcpException(
                        ErrorKind.CONFLICT,
                        "tenant \"" + wanted.name() + "\" was changed by somebody else meanwhile",
                        "look at what it is now, then make the same call again");
            }
            records.write(lease, next, stored.map(Stored::revision));
            return true;
        });
    }

    private static void checkWanted(TenantControlPlane wanted, Optional<TenantRecord> known, PortSpace.Choice choice) {
        Optional<Integer> port = wanted.networkProfile().port().map(Port::number);
        boolean own = port.isPresent()
                && known.isPresent()
                && known.get().ports().withApiServer(0).asList().contains(port.get());
        boolean anothers = port.flatMap(choice::keeper)
                .filter(tenant -> !tenant.equals(wanted.name()))
                .isPresent();
        if (own || anothers) {
            throw new HcpException(
                    ErrorKind.PORT_BUSY,
                    "port %d of tenant \"%s\" is kept for another component or tenant"
                            .formatted(port.orElseThrow(), wanted.name()),
                    "apply the tenant with another port(...), best one below 20000");
        }
    }

    private static Ports choose(TenantControlPlane wanted, PortSpace.Choice choice) {
        Set<Integer> without = new HashSet<>();
        // It replaces the API server's, and must not be another component's.
        wanted.networkProfile().port().map(Port::number).ifPresent(without::add);
        return Ports.of(choice.choose(Ports.UNASSIGNED.asList().size(), without));
    }

    /** Gives a component other ports, unless its port was asked for or may be known to others; tells whether it did. */
    boolean exchange(Component component) {
        return space.choosing(choice -> {
            Optional<Stored> stored = records.read();
            if (stored.isEmpty() || stored.get().record().bootstrapped()) {
                return false;
            }
            TenantRecord tenant = stored.get().record();
            if (component == Component.KUBE_APISERVER
                    && tenant.spec().networkProfile().port().isPresent()) {
                return false;
            }
            Set<Integer> own = Set.copyOf(tenant.ports().asList());
            List<Integer> others = choice.choose(tenant.ports().of(component).size(), own);
            records.write(
                    lease,
                    tenant.withPorts(tenant.ports().with(component, others)),
                    Optional.of(stored.get().revision()));
            return true;
        });
    }
}
