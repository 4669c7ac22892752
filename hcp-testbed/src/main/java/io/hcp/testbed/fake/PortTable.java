package io.hcp.testbed.fake;

import io.hcp.core.internal.gateway.Records;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** Who keeps which port, and who listens there. Thread-safe. */
final class PortTable {
    private static final String OUTSIDE = "another program";

    private final SortedMap<Integer, NavigableSet<String>> kept = new TreeMap<>();
    private final SortedMap<Integer, NavigableSet<String>> listening = new TreeMap<>();

    /** Follows a change of one tenant. */
    synchronized void follow(String tenant, TenantState before, TenantState after) {
        if (!before.record().equals(after.record())) {
            keptBy(before).forEach(port -> remove(kept, port, tenant));
            keptBy(after).forEach(port -> add(kept, port, tenant));
        }
        if (!before.processes().equals(after.processes())) {
            before.processes()
                    .forEach(process -> process.ports().forEach(port -> remove(listening, port, listener(process))));
            after.processes()
                    .forEach(process -> process.ports().forEach(port -> add(listening, port, listener(process))));
        }
    }

    /** Keeps the ports of a tenant that was put aside: it comes back with them. */
    synchronized void keepAside(String tenant, TenantState state) {
        keptBy(state).forEach(port -> add(kept, port, tenant));
    }

    synchronized void take(int port) {
        add(listening, port, OUTSIDE);
    }

    synchronized void free(int port) {
        remove(listening, port, OUTSIDE);
    }

    synchronized Optional<String> keeper(int port) {
        return Optional.ofNullable(kept.get(port)).map(NavigableSet::first);
    }

    /** Who listens at a port, in words. */
    synchronized Optional<String> listener(int port) {
        return Optional.ofNullable(listening.get(port)).map(NavigableSet::first);
    }

    synchronized SortedMap<Integer, Set<String>> kept() {
        SortedMap<Integer, Set<String>> copy = new TreeMap<>();
        kept.forEach((port, tenants) -> copy.put(port, new TreeSet<>(tenants)));
        return copy;
    }

    private static List<Integer> keptBy(TenantState state) {
        return state.record().map(Records.Stored::record).stream()
                .flatMap(record -> record.ports().asList().stream())
                .distinct()
                .toList();
    }

    private static String listener(FakeProcess process) {
        return "process %d (%s)".formatted(process.pid(), process.component().binaryName());
    }

    private static void add(Map<Integer, NavigableSet<String>> table, int port, String who) {
        table.computeIfAbsent(port, key -> new TreeSet<>()).add(who);
    }

    private static void remove(Map<Integer, NavigableSet<String>> table, int port, String who) {
        table.computeIfPresent(port, (key, all) -> all.remove(who) && all.isEmpty() ? null : all);
    }
}
