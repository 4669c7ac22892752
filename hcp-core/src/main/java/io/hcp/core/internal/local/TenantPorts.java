package io.hcp.core.internal.local;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.hcp.api.error.ErrorKind;
import io.hcp.api.error.HcpException;
import io.hcp.api.model.Component;
import io.hcp.api.model.Port;
import io.hcp.api.model.TenantControlPlane;
import io.hcp.core.internal.blueprint.Ports;
import io.hcp.core.internal.blueprint.TenantLayout;
import io.hcp.core.internal.files.ProcessLock;
import io.hcp.core.internal.spec.TenantRecord;
import io.hcp.core.internal.time.Time;
import io.hcp.pki.PrivateFiles;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/** Chooses a tenant's ports and keeps them in its record, so that no two tenants of a data directory get the same. */
final class TenantPorts {
    private static final Duration LOCK_POLL = Duration.ofMillis(50);

    private final TenantStore store;
    private final Settings settings;
    private final PortAllocator allocator;

    TenantPorts(TenantStore store, Settings settings) {
        this.store = store;
        this.settings = settings;
        this.allocator = new PortAllocator(settings.random());
    }

    /** Stores a description, with the ports that the tenant has, or with new ones. */
    void record(TenantControlPlane wanted) {
        locked(() -> {
            Optional<TenantRecord> known = store.read();
            checkWanted(wanted, known);
            Ports ports = known.map(TenantRecord::ports).orElseGet(() -> choose(wanted));
            Ports wantedPorts = ports.asWanted(wanted);
            TenantRecord before = known.orElseGet(() -> TenantRecord.of(wanted, wantedPorts));
            store.write(before.withSpec(wanted).withPorts(wantedPorts));
            return true;
        });
    }

    private void checkWanted(TenantControlPlane wanted, Optional<TenantRecord> known) {
        Set<Integer> taken = reserved(name -> !name.equals(wanted.name()));
        known.ifPresent(tenant -> taken.addAll(tenant.ports().withApiServer(0).asList()));
        Optional<Integer> port = wanted.networkProfile().port().map(Port::number);
        if (port.isPresent() && taken.contains(port.get())) {
            throw new HcpException(
                    ErrorKind.PORT_BUSY,
                    "port %d of tenant \"%s\" is kept for another component or tenant of %s"
                            .formatted(port.get(), wanted.name(), settings.dataDirectory()),
                    "apply the tenant with another port(...), best one below 20000");
        }
    }

    private Ports choose(TenantControlPlane wanted) {
        Set<Integer> reserved = reserved(name -> true);
        wanted.networkProfile()
                .port()
                .map(Port::number)
                .ifPresent(reserved::add); // it replaces the API server's, and must not be another component's
        return Ports.of(allocator.choose(Ports.UNASSIGNED.asList().size(), reserved));
    }

    /** Gives a component other ports, unless its port was asked for or may be known to others; tells whether it did. */
    boolean exchange(Component component) {
        return locked(() -> {
            Optional<TenantRecord> known = store.read();
            if (known.isEmpty() || known.get().bootstrapped()) {
                return false;
            }
            TenantRecord tenant = known.get();
            if (component == Component.KUBE_APISERVER
                    && tenant.spec().networkProfile().port().isPresent()) {
                return false;
            }
            List<Integer> others = allocator.choose(tenant.ports().of(component).size(), reserved(name -> true));
            store.write(tenant.withPorts(tenant.ports().with(component, others)));
            return true;
        });
    }

    @CanIgnoreReturnValue
    @SuppressWarnings("try") // the lock is held, not used
    private boolean locked(BooleanSupplier work) {
        try (ProcessLock lock = ProcessLock.acquire(settings.portsLock(), LOCK_POLL, () -> {})) {
            return work.getAsBoolean();
        } catch (IOException e) {
            throw PrivateFiles.failure("lock", settings.portsLock(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Time.cancelled();
        }
    }

    private Set<Integer> reserved(Predicate<String> tenants) {
        Set<Integer> reserved = new HashSet<>();
        for (String tenant : settings.tenantNames()) {
            if (!tenants.test(tenant)) {
                continue;
            }
            new TenantStore(new TenantLayout(settings.tenantDirectory(tenant)))
                    .readIfIntact()
                    .ifPresent(record -> reserved.addAll(record.ports().asList()));
        }
        return reserved;
    }
}
