package io.hcp.core.internal.maintain;

import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which tenants are to be looked at, and when: each once, however often it was asked for, and none by two workers at a
 * time. Moments are nanoseconds of one clock. Thread-safe.
 */
final class WorkQueue {
    private record Entry(long due, String tenant) {}

    private final TreeSet<Entry> waiting =
            new TreeSet<>(Comparator.comparingLong(Entry::due).thenComparing(Entry::tenant));
    private final Map<String, Long> due = new HashMap<>();
    private final Set<String> taken = new HashSet<>();
    private final Map<String, Integer> failures = new HashMap<>();
    private final Map<String, Integer> waits = new HashMap<>();
    private final Map<String, Long> hints = new HashMap<>();

    /** Asks for a tenant; of several moments the first counts. One that is being looked at is looked at again after that. */
    synchronized void add(String tenant, long moment) {
        Long known = due.get(tenant);
        if (known == null || moment < known) {
            withdraw(tenant);
            due.put(tenant, moment);
            if (!taken.contains(tenant)) {
                waiting.add(new Entry(moment, tenant));
            }
        }
    }

    /** Asks for a tenant, unless it is looked at again anyway after a failure: pauses are there to be kept. */
    synchronized void hint(String tenant, long moment) {
        if (taken.contains(tenant)) {
            hints.merge(tenant, moment, Math::min);
        } else if (!isFailing(tenant)) {
            add(tenant, moment);
        }
    }

    private void withdraw(String tenant) {
        Long known = due.remove(tenant);
        if (known != null) {
            waiting.remove(new Entry(known, tenant));
        }
    }

    /** Forgets a tenant; one that is being looked at is not looked at again. */
    synchronized void remove(String tenant) {
        withdraw(tenant);
        failures.remove(tenant);
        waits.remove(tenant);
        hints.remove(tenant);
    }

    /** Takes the tenant that has been due for longest. */
    synchronized Optional<String> take(long now) {
        if (waiting.isEmpty() || waiting.first().due() > now) {
            return Optional.empty();
        }
        String tenant = waiting.first().tenant();
        withdraw(tenant);
        taken.add(tenant);
        return Optional.of(tenant);
    }

    /**
     * Gives a tenant back that is well.
     *
     * @param tenant its name
     * @param earliest when it is taken again at the earliest for what was asked meanwhile: most of that it has caused itself
     */
    synchronized void done(String tenant, long earliest) {
        failures.remove(tenant);
        waits.remove(tenant);
        giveBack(tenant, earliest);
        Optional.ofNullable(hints.remove(tenant)).ifPresent(moment -> add(tenant, Math.max(moment, earliest)));
    }

    /**
     * Gives a tenant back that something went wrong with.
     *
     * @param tenant its name
     * @param earliest when it is taken again at the earliest for what was asked meanwhile
     * @return how often in a row, this time included
     */
    synchronized int failed(String tenant, long earliest) {
        giveBack(tenant, earliest);
        hints.remove(tenant);
        waits.remove(tenant);
        return failures.merge(tenant, 1, Integer::sum);
    }

    /**
     * Gives a tenant back that somebody else is at work with: nothing went wrong with it, so that it does not count as that.
     *
     * @param tenant its name
     * @param earliest when it is taken again at the earliest for what was asked meanwhile
     * @return how often in a row, this time included
     */
    synchronized int held(String tenant, long earliest) {
        giveBack(tenant, earliest);
        hints.remove(tenant);
        return waits.merge(tenant, 1, Integer::sum);
    }

    private void giveBack(String tenant, long earliest) {
        taken.remove(tenant);
        Optional.ofNullable(due.remove(tenant)).ifPresent(asked -> add(tenant, Math.max(asked, earliest)));
    }

    /** Tells whether nothing came of the last look at a tenant. */
    synchronized boolean isFailing(String tenant) {
        return failures.containsKey(tenant) || waits.containsKey(tenant);
    }

    /** Returns when the next one is due that nobody looks at; empty if there is none. */
    synchronized OptionalLong next() {
        return waiting.isEmpty()
                ? OptionalLong.empty()
                : OptionalLong.of(waiting.first().due());
    }
}
