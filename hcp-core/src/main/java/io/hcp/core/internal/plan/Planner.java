package io.hcp.core.internal.plan;

import io.hcp.api.error.ErrorKind;
import io.hcp.api.error.HcpException;
import io.hcp.api.model.Component;
import io.hcp.api.model.TenantControlPlane;
import io.hcp.core.internal.blueprint.Blueprint;
import io.hcp.core.internal.blueprint.ComponentBlueprint;
import io.hcp.core.internal.blueprint.EncryptionState;
import io.hcp.core.internal.spec.TenantRecord;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Works out what has to be done. Pure: the same input gives the same steps. */
public final class Planner {
    /** What a new etcd needs at the least: its first write-ahead log file of 64 MB, the next one, and its database. */
    static final long LEAST_USABLE_BYTES = 256L << 20;

    /** Who must be gone before a component may stop, so that nobody loses what it depends on. */
    private static final Map<Component, Set<Component>> CLIENTS = Map.of(
            Component.ETCD, EnumSet.of(Component.KUBE_APISERVER),
            Component.KUBE_APISERVER, EnumSet.of(Component.KUBE_CONTROLLER_MANAGER, Component.KUBE_SCHEDULER));

    /** Who must serve before a component can start. */
    private static final Map<Component, Component> SERVERS = Map.of(
            Component.KUBE_APISERVER, Component.ETCD,
            Component.KUBE_CONTROLLER_MANAGER, Component.KUBE_APISERVER,
            Component.KUBE_SCHEDULER, Component.KUBE_APISERVER);

    private Planner() {}

    /**
     * Works out how to bring a tenant to its description.
     *
     * @param wanted the description
     * @param blueprint what it means; with ports that count only once the tenant has a record
     * @param observed what is there
     * @return the work, each step after all that it waits for
     * @throws HcpException with kind {@code DELETING}, {@code PKI_DAMAGED} or {@code DISK_FULL} if nothing may be done
     */
    public static List<Work> apply(TenantControlPlane wanted, Blueprint blueprint, Observed observed) {
        checkPreconditions(wanted, observed);
        Set<Component> starting = starting(blueprint, observed);
        List<Work> works = new ArrayList<>();
        if (!starting.isEmpty()) {
            works.add(Work.of(Verb.PROVIDE, "for " + names(starting), Set.of()));
        }
        planFiles(works, wanted, observed);
        Set<String> prepared = ids(works);
        for (Component component : reversed(starting)) {
            if (!observed.running(component).isEmpty()) {
                works.add(Work.of(
                        Verb.STOP,
                        component,
                        reasonToStop(component, observed),
                        stopsAfter(component, prepared, works)));
            }
        }
        for (Component component : starting) {
            works.add(Work.of(
                    Verb.START,
                    component,
                    "version " + blueprint.of(component).version(),
                    startsAfter(component, prepared, works)));
        }
        boolean bootstrapped = observed.record().map(TenantRecord::bootstrapped).orElse(false);
        if (!bootstrapped) {
            works.add(Work.of(Verb.BOOTSTRAP, "for administrators and for health checks", ids(works)));
        }
        if (!works.isEmpty()) {
            works.add(Work.of(Verb.AWAIT_READY, "of the whole control plane", ids(works)));
        }
        return works;
    }

    /**
     * Works out how to remove a tenant: first its processes, clients before servers, then its data.
     *
     * @param observed what is there
     * @return the work, each step after all that it waits for
     */
    public static List<Work> delete(Observed observed) {
        List<Work> works = new ArrayList<>();
        if (observed.record().isPresent() && !observed.record().get().deleting()) {
            works.add(Work.of(
                    Verb.MARK_DELETING, "so that an interrupted deletion is finished, not forgotten", Set.of()));
        }
        Set<String> marked = ids(works);
        for (Component component : reversed(EnumSet.allOf(Component.class))) {
            if (!observed.running(component).isEmpty()) {
                works.add(Work.of(
                        Verb.STOP, component, "the tenant is being deleted", stopsAfter(component, marked, works)));
            }
        }
        works.add(Work.of(Verb.REMOVE_DATA, "certificates, datastore, logs", ids(works)));
        return works;
    }

    private static void checkPreconditions(TenantControlPlane wanted, Observed observed) {
        if (observed.record().map(TenantRecord::deleting).orElse(false)) {
            throw new HcpException(
                    ErrorKind.DELETING,
                    "tenant \"" + wanted.name() + "\" is being deleted",
                    "call delete(\"" + wanted.name() + "\") again to finish it, then apply");
        }
        if (!observed.pkiPresent() && observed.datastorePresent()) {
            throw new HcpException(
                    ErrorKind.PKI_DAMAGED,
                    "the certificates of tenant \"" + wanted.name() + "\" are gone but its datastore is there",
                    "restore its directory pki from a backup, or delete the tenant: a new CA would lock out everybody"
                            + " who knows the old one");
        }
        if (!observed.damagedKeys().isEmpty()) {
            throw new HcpException(
                    ErrorKind.PKI_DAMAGED,
                    "encryption keys of tenant \"%s\" are missing or damaged: %s"
                            .formatted(wanted.name(), String.join(", ", observed.damagedKeys())),
                    "restore its directory pki from a backup, or delete the tenant: without the key nothing that was"
                            + " encrypted can be read");
        }
        if (!observed.datastorePresent()
                && observed.record().map(TenantRecord::bootstrapped).orElse(false)) {
            throw new HcpException(
                    ErrorKind.BLOCKED,
                    "the datastore of tenant \"" + wanted.name()
                            + "\" is gone, and with it all that the tenant had stored",
                    "restore its directory etcd from a backup, or delete the tenant: an empty datastore would hide the loss");
        }
        if (!observed.datastorePresent() && observed.usableBytes() < LEAST_USABLE_BYTES) {
            throw new HcpException(
                    ErrorKind.DISK_FULL,
                    "the file system of tenant \"%s\" has %d MiB free"
                            .formatted(wanted.name(), observed.usableBytes() >> 20),
                    "free at least " + (LEAST_USABLE_BYTES >> 20) + " MiB, or choose another data directory");
        }
    }

    private static String reasonToStop(Component component, Observed observed) {
        return observed.running(component).size() > 1 ? "it runs more than once" : "it runs with other settings";
    }

    private static void planFiles(List<Work> works, TenantControlPlane wanted, Observed observed) {
        Set<String> provided = ids(works);
        Optional<TenantControlPlane> recorded = observed.record().map(TenantRecord::spec);
        if (!recorded.equals(Optional.of(wanted))) {
            String reason = recorded.isPresent() ? "it changed" : "the tenant is new";
            works.add(Work.of(Verb.RECORD, reason, provided));
        }
        Set<String> recordedFirst = ids(works);
        if (!observed.pkiPresent()) {
            works.add(Work.of(Verb.CREATE_PKI, "an own CA for the tenant", recordedFirst));
        } else if (!observed.outdatedCertificates().isEmpty()) {
            works.add(Work.of(
                    Verb.REISSUE,
                    "missing or outdated: " + String.join(", ", observed.outdatedCertificates()),
                    recordedFirst));
        }
        EncryptionState known = observed.record().map(TenantRecord::encryption).orElse(EncryptionState.NONE);
        if (!known.with(wanted.kubernetes().encryptionAtRest()).equals(known)) {
            works.add(Work.of(Verb.CREATE_KEY, "for what is to be encrypted", ids(works)));
        }
    }

    private static Set<Component> starting(Blueprint blueprint, Observed observed) {
        Set<Component> starting = EnumSet.noneOf(Component.class);
        for (ComponentBlueprint component : blueprint.components().values()) {
            if (!observed.running(component.component()).equals(List.of(component.digest()))) {
                starting.add(component.component());
            }
        }
        return starting;
    }

    private static Set<String> stopsAfter(Component component, Set<String> prepared, List<Work> works) {
        Set<String> after = new LinkedHashSet<>(prepared);
        CLIENTS.getOrDefault(component, Set.of()).forEach(client -> addIfPlanned(after, works, Verb.STOP, client));
        return after;
    }

    private static Set<String> startsAfter(Component component, Set<String> prepared, List<Work> works) {
        Set<String> after = new LinkedHashSet<>(prepared);
        addIfPlanned(after, works, Verb.STOP, component);
        Component server = SERVERS.get(component);
        if (server != null) {
            addIfPlanned(after, works, Verb.START, server);
        }
        return after;
    }

    private static void addIfPlanned(Set<String> after, List<Work> works, Verb verb, Component component) {
        String id = Work.id(verb, component);
        if (works.stream().anyMatch(work -> work.id().equals(id))) {
            after.add(id);
        }
    }

    private static List<Component> reversed(Set<Component> components) {
        List<Component> reversed = new ArrayList<>(components);
        Collections.reverse(reversed);
        return reversed;
    }

    private static Set<String> ids(List<Work> works) {
        return works.stream().map(Work::id).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private static String names(Set<Component> components) {
        return components.stream().map(Component::binaryName).collect(Collectors.joining(", "));
    }
}
