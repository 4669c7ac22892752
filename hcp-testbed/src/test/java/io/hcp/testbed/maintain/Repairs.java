package io.hcp.testbed.maintain;

import io.hcp.testbed.maintain.Mischief.Drift;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Which instance mended what, as the audit log tells.
 *
 * @param writes all that the API server carried out
 * @param agents the names of the instances
 */
record Repairs(List<AuditedWrite> writes, Collection<String> agents) {
    /** The writes of instances to the object of a drift, until something is done to it again. */
    private List<AuditedWrite> of(Drift drift, List<Drift> all) {
        Instant end = all.stream()
                .filter(other ->
                        other.object().equals(drift.object()) && other.at().isAfter(drift.at()))
                .map(Drift::at)
                .min(Instant::compareTo)
                .orElse(Instant.MAX);
        return writes.stream()
                .filter(write -> agents.contains(write.agent()))
                .filter(write -> write.object().equals(drift.object()))
                .filter(write -> !write.at().isBefore(drift.at()) && write.at().isBefore(end))
                .toList();
    }

    /** The drifts that were not mended by exactly one write, in words. */
    List<String> notOnce(List<Drift> drifts) {
        return drifts.stream()
                .filter(drift -> of(drift, drifts).size() != 1)
                .map(drift -> drift + " by " + of(drift, drifts))
                .toList();
    }

    /** Who mended something of each tenant, of the drifts of a phase. */
    Map<String, Set<String>> owners(List<Drift> phase, List<Drift> all) {
        Map<String, Set<String>> owners = new TreeMap<>();
        phase.forEach(drift -> of(drift, all)
                .forEach(write -> owners.computeIfAbsent(drift.tenant(), key -> new TreeSet<>())
                        .add(write.agent())));
        return owners;
    }

    /** The writes of instances in a span of time, but for those to what was damaged, and but for the status of tenants. */
    List<AuditedWrite> besides(List<Drift> drifts, Instant from, Instant to) {
        List<String> damaged = drifts.stream().map(Drift::object).toList();
        return between(from, to).stream()
                .filter(write -> !damaged.contains(write.object()))
                .filter(write -> !write.part().equals("status"))
                .toList();
    }

    /** All writes of instances in a span of time. */
    List<AuditedWrite> between(Instant from, Instant to) {
        return writes.stream()
                .filter(write -> agents.contains(write.agent()))
                .filter(write -> !write.at().isBefore(from) && write.at().isBefore(to))
                .toList();
    }

    /** How often instances made an object anew. */
    long creations(String object) {
        return writes.stream()
                .filter(write -> agents.contains(write.agent()))
                .filter(write -> write.object().equals(object) && write.verb().equals("create"))
                .count();
    }

    /** The tenants that one instance alone mended. */
    static List<String> owned(Map<String, Set<String>> shares, String instance) {
        return shares.entrySet().stream()
                .filter(share -> share.getValue().equals(Set.of(instance)))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** How many seconds after a moment the last of some drifts was mended. */
    static double longest(List<Drift> drifts, Instant signal, Predicate<Drift> which) {
        return drifts.stream()
                        .filter(which)
                        .mapToLong(drift ->
                                Duration.between(signal, drift.mended()).toMillis())
                        .max()
                        .orElse(0)
                / 1e3;
    }
}
