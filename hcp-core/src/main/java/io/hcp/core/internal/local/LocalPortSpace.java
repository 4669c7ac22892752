package io.hcp.core.internal.local;

import io.hcp.api.model.IpAddress;
import io.hcp.core.internal.blueprint.TenantLayout;
import io.hcp.core.internal.files.ProcessLock;
import io.hcp.core.internal.gateway.PortSpace;
import io.hcp.core.internal.time.Time;
import io.hcp.pki.PrivateFiles;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The ports of this machine; which tenant keeps which one stands in the records of a data directory.
 *
 * @param data the data directory
 * @param allocator finds free ports
 */
record LocalPortSpace(DataDirectory data, PortAllocator allocator) implements PortSpace {
    private static final Duration LOCK_POLL = Duration.ofMillis(50);

    @Override
    public boolean isLocal(IpAddress address) {
        return PortAllocator.isLocal(address);
    }

    @Override
    @SuppressWarnings("try") // the lock is held, not used
    public <T> T choosing(Work<T> work) {
        try (ProcessLock lock = ProcessLock.acquire(data.portsLock(), LOCK_POLL, () -> {})) {
            return work.with(new LocalChoice(keepers()));
        } catch (IOException e) {
            throw PrivateFiles.failure("lock", data.portsLock(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Time.cancelled();
        }
    }

    private Map<Integer, String> keepers() {
        Map<Integer, String> keepers = new HashMap<>();
        data.tenants().forEach(tenant -> addPorts(keepers, tenant, data.tenant(tenant)));
        // What was put aside comes back with its ports.
        data.retained().forEach(aside -> addPorts(keepers, DataDirectory.retainedName(aside), aside));
        return keepers;
    }

    private static void addPorts(Map<Integer, String> keepers, String tenant, TenantLayout layout) {
        new LocalRecords(tenant, layout)
                .readIfIntact()
                .ifPresent(record -> record.ports().asList().forEach(port -> keepers.put(port, tenant)));
    }

    private final class LocalChoice implements Choice {
        private final Map<Integer, String> keepers;

        LocalChoice(Map<Integer, String> keepers) {
            this.keepers = keepers;
        }

        @Override
        public Optional<String> keeper(int port) {
            return Optional.ofNullable(keepers.get(port));
        }

        @Override
        public List<Integer> choose(int count, Set<Integer> without) {
            Set<Integer> reserved = new HashSet<>(keepers.keySet());
            reserved.addAll(without);
            return allocator.choose(count, reserved);
        }
    }
}
