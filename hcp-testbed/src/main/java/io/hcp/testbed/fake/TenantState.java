package io.hcp.testbed.fake;

import io.hcp.api.model.Component;
import io.hcp.core.internal.gateway.JournalEntry;
import io.hcp.core.internal.gateway.Records;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * All that there is of one tenant in an imagined world, at one moment. Immutable, so that it is kept cheaply as it was.
 *
 * @param directory true if there is a place for its files, be it empty
 * @param record what is stored about it
 * @param journal what was done with it last
 * @param authorities the identity of its authorities: no other set ever has the same
 * @param leaves its certificates by their paths
 * @param encryptionKeys the identity of each key by its name
 * @param datastore true if its etcd has ever been started
 * @param roles the objects that the first roles consist of, as far as they exist in its API
 * @param processes its components that run
 */
public record TenantState(
        boolean directory,
        Optional<Records.Stored> record,
        Optional<JournalEntry> journal,
        Optional<String> authorities,
        Map<String, IssuedLeaf> leaves,
        Map<String, String> encryptionKeys,
        boolean datastore,
        Set<String> roles,
        List<FakeProcess> processes) {
    /** Nothing. */
    static final TenantState NONE = new TenantState(
            false,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Map.of(),
            Map.of(),
            false,
            Set.of(),
            List.of());

    /** Copies the collections. */
    public TenantState {
        leaves = Collections.unmodifiableSortedMap(new TreeMap<>(leaves));
        encryptionKeys = Collections.unmodifiableSortedMap(new TreeMap<>(encryptionKeys));
        roles = Collections.unmodifiableSortedSet(new TreeSet<>(roles));
        processes = List.copyOf(processes);
    }

    /**
     * Returns the processes of one component.
     *
     * @param component which one
     * @return usually one at most
     */
    public List<FakeProcess> processes(Component component) {
        return processes.stream()
                .filter(process -> process.component() == component)
                .toList();
    }

    TenantState withoutDirectory() {
        return new TenantState(
                false, record, journal, authorities, leaves, encryptionKeys, datastore, roles, processes);
    }

    TenantState withRecord(Optional<Records.Stored> changed) {
        return new TenantState(
                true, changed, journal, authorities, leaves, encryptionKeys, datastore, roles, processes);
    }

    TenantState withJournal(Optional<JournalEntry> changed) {
        return new TenantState(true, record, changed, authorities, leaves, encryptionKeys, datastore, roles, processes);
    }

    TenantState withCertificates(Optional<String> changed, Map<String, IssuedLeaf> changedLeaves) {
        return new TenantState(
                true, record, journal, changed, changedLeaves, encryptionKeys, datastore, roles, processes);
    }

    TenantState withLeaf(IssuedLeaf leaf) {
        SortedMap<String, IssuedLeaf> more = new TreeMap<>(leaves);
        more.put(leaf.definition().path(), leaf);
        return withCertificates(authorities, more);
    }

    TenantState withEncryptionKeys(Map<String, String> changed) {
        return new TenantState(true, record, journal, authorities, leaves, changed, datastore, roles, processes);
    }

    TenantState withEncryptionKey(String name, String identity) {
        SortedMap<String, String> more = new TreeMap<>(encryptionKeys);
        more.putIfAbsent(name, identity);
        return withEncryptionKeys(more);
    }

    /** The objects of its API are in the datastore, and go with it. */
    TenantState withDatastore(boolean changed) {
        return new TenantState(
                true,
                record,
                journal,
                authorities,
                leaves,
                encryptionKeys,
                changed,
                changed ? roles : Set.of(),
                processes);
    }

    TenantState withRole(String role) {
        Set<String> more = new TreeSet<>(roles);
        more.add(role);
        return new TenantState(
                directory, record, journal, authorities, leaves, encryptionKeys, datastore, more, processes);
    }

    TenantState withProcess(FakeProcess process) {
        List<FakeProcess> more = new ArrayList<>(processes);
        more.add(process);
        // Its configuration and logs are files.
        return new TenantState(true, record, journal, authorities, leaves, encryptionKeys, datastore, roles, more);
    }

    TenantState without(Predicate<FakeProcess> ended) {
        return with(processes.stream().filter(ended.negate()).toList());
    }

    /** Without its files: what runs still runs. */
    TenantState processesOnly() {
        return NONE.with(processes);
    }

    /** Its files alone. */
    TenantState filesOnly() {
        return with(List.of());
    }

    TenantState with(List<FakeProcess> changed) {
        return new TenantState(
                directory, record, journal, authorities, leaves, encryptionKeys, datastore, roles, changed);
    }
}
