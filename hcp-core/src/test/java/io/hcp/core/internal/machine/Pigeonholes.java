package io.hcp.core.internal.machine;

import io.hcp.api.error.ErrorKind;
import io.hcp.api.error.HcpException;
import io.hcp.api.model.IpAddress;
import io.hcp.core.internal.gateway.Lease;
import io.hcp.core.internal.gateway.PortSpace;
import io.hcp.core.internal.gateway.Records;
import io.hcp.core.internal.gateway.Records.Stored;
import io.hcp.core.internal.spec.TenantRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Records of some tenants, and ports that are chosen in order and kept by these records. Not thread-safe. */
final class Pigeonholes implements PortSpace, PortSpace.Choice {
    private static final int FIRST_PORT = 25_000;

    private final Map<String, Stored> records = new TreeMap<>();
    private int writes;

    TenantRecord stored(String tenant) {
        return records(tenant).read().orElseThrow().record();
    }

    void store(String tenant, TenantRecord record) {
        records.put(tenant, new Stored(record, Integer.toString(++writes)));
    }

    void remove(String tenant) {
        records.remove(tenant);
    }

    Records records(String tenant) {
        return new Records() {
            @Override
            public Optional<Stored> read() {
                return Optional.ofNullable(records.get(tenant));
            }

            @Override
            public Stored write(Lease lease, TenantRecord next, Optional<String> expected) {
                if (!read().map(Stored::revision).equals(expected)) {
                    throw new HcpException(ErrorKind.CONFLICT, "the record is another one", "read it again");
                }
                store(tenant, next);
                return read().orElseThrow();
            }
        };
    }

    @Override
    public boolean isLocal(IpAddress address) {
        return address.isLoopback();
    }

    @Override
    public <T> T choosing(Work<T> work) {
        return work.with(this);
    }

    @Override
    public Optional<String> keeper(int port) {
        return records.entrySet().stream()
                .filter(entry -> entry.getValue().record().ports().asList().contains(port))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    @Override
    public List<Integer> choose(int count, Set<Integer> without) {
        return IntStream.iterate(FIRST_PORT, port -> port + 1)
                .filter(port -> !without.contains(port) && keeper(port).isEmpty())
                .limit(count)
                .boxed()
                .collect(ArrayList::new, List::add, List::addAll);
    }
}
