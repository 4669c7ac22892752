package io.hcp.core.internal.plan;

import io.hcp.api.model.Component;
import io.hcp.api.model.TenantControlPlane;
import io.hcp.api.plan.Plan;
import io.hcp.api.plan.PlanKind;
import io.hcp.core.internal.blueprint.Blueprint;
import io.hcp.core.internal.blueprint.BlueprintInput;
import io.hcp.core.internal.blueprint.CertificateBlueprint;
import io.hcp.core.internal.blueprint.Ports;
import io.hcp.core.internal.blueprint.TenantLayout;
import io.hcp.core.internal.catalog.ReleaseCatalog;
import io.hcp.core.internal.spec.TenantRecord;
import io.hcp.pki.LeafDefinition;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A tenant that exists only as a few variables: what the planner sees of it, and what each verb would do to it. */
final class TenantModel {
    static final Ports PORTS = new Ports(20_001, 20_002, 20_003, 20_004, 20_005);
    static final TenantControlPlane ACME = TenantControlPlane.builder()
            .name("acme")
            .kubernetesVersion("1.36.3")
            .build();

    Optional<TenantRecord> record = Optional.empty();
    boolean pki;
    Optional<TenantControlPlane> issuedFor = Optional.empty();
    List<String> outdatedCertificates = List.of();
    List<String> damagedKeys = List.of();
    boolean datastore;
    Map<Component, List<String>> running = new EnumMap<>(Component.class);
    long usableBytes = 1L << 40;
    Map<String, Duration> took = Map.of();
    Optional<Aside> aside = Optional.empty();

    /** What was put aside. */
    record Aside(TenantRecord record, boolean pki, Optional<TenantControlPlane> issuedFor, boolean datastore) {}

    static TenantModel runningAsWanted() {
        return running(ACME);
    }

    static TenantModel running(TenantControlPlane tenant) {
        TenantModel model = new TenantModel();
        model.carryOut(tenant, model.works(tenant));
        return model;
    }

    /** What is seen by whoever wants nothing in particular: what was put aside is looked for under the wanted id alone. */
    Observed observed() {
        return observed(Optional.empty());
    }

    private Observed observed(Optional<TenantControlPlane> wanted) {
        if (record.isEmpty() && wanted.isPresent() && aside.isPresent()) {
            return new Observed(
                    Optional.of(aside.get().record.asKept()),
                    aside.get().pki,
                    List.of(),
                    damagedKeys,
                    aside.get().datastore,
                    running,
                    usableBytes,
                    true,
                    took);
        }
        List<String> outdated = new ArrayList<>(outdatedCertificates);
        wanted.filter(described -> pki).ifPresent(described -> outdated.addAll(unfit(described)));
        return seen(outdated, false);
    }

    private Observed seen(List<String> outdated, boolean retained) {
        return new Observed(record, pki, outdated, damagedKeys, datastore, running, usableBytes, retained, took);
    }

    /** The certificates that say something else than they should. */
    private List<String> unfit(TenantControlPlane described) {
        List<LeafDefinition> issued =
                issuedFor.map(CertificateBlueprint::definitions).orElse(List.of());
        return CertificateBlueprint.definitions(described).stream()
                .filter(wanted -> issued.stream().noneMatch(leaf -> fits(leaf, wanted)))
                .map(LeafDefinition::path)
                .toList();
    }

    private static boolean fits(LeafDefinition issued, LeafDefinition wanted) {
        return issued.path().equals(wanted.path())
                && issued.algorithm() == wanted.algorithm()
                && issued.template().commonName().equals(wanted.template().commonName())
                && issued.template().dnsNames().equals(wanted.template().dnsNames())
                && issued.template().ipAddresses().equals(wanted.template().ipAddresses());
    }

    Blueprint blueprint(TenantControlPlane wanted) {
        TenantRecord planned = TenantRecord.planned(wanted, record.or(() -> aside.map(Aside::record)));
        return Blueprint.of(new BlueprintInput(
                wanted,
                ReleaseCatalog.bundled().find(wanted.kubernetesVersion()).orElseThrow(),
                planned.ports(),
                planned.encryption(),
                new TenantLayout(Path.of("/data/tenants/acme")),
                planned.renderRevision()));
    }

    PlannedWork planned(PlanKind kind, TenantControlPlane wanted) {
        return Planner.apply(kind, wanted, blueprint(wanted), observed(Optional.of(wanted)));
    }

    Plan plan(TenantControlPlane wanted) {
        return planned(PlanKind.APPLY, wanted).plan();
    }

    List<Work> works(TenantControlPlane wanted) {
        return planned(PlanKind.APPLY, wanted).works();
    }

    PlannedWork plannedDelete() {
        return Planner.delete(record.map(TenantRecord::spec).orElse(ACME), seen(List.of(), aside.isPresent()));
    }

    Plan planDelete() {
        return plannedDelete().plan();
    }

    void carryOut(TenantControlPlane wanted, List<Work> works) {
        works.forEach(work -> carryOut(wanted, work));
    }

    /** Carries a plan out as far as a step, that one included: what a crash leaves. */
    void carryOutUntil(TenantControlPlane wanted, List<Work> works, String last) {
        List<String> ids = works.stream().map(Work::id).toList();
        carryOut(wanted, works.subList(0, ids.indexOf(last) + 1));
    }

    private void carryOut(TenantControlPlane wanted, Work work) {
        switch ((Verb) work.verb()) {
            case PROVIDE, AWAIT_READY -> {}
            case RECORD -> record(wanted);
            case CREATE_PKI -> issuedFor = pki ? issuedFor : Optional.of(wanted);
            case CREATE_KEY -> record = Optional.of(TenantRecord.planned(wanted, record));
            case REISSUE -> issuedFor = Optional.of(wanted);
            case STOP -> running.remove(work.component().orElseThrow());
            case START -> start(wanted, work.component().orElseThrow());
            case BOOTSTRAP -> record = Optional.of(record.orElseThrow().asBootstrapped());
            case MARK_DELETING -> record = Optional.of(record.orElseThrow().asDeleting());
            case REMOVE_DATA -> remove();
            case RETAIN_DATA -> {
                aside = record.map(known -> new Aside(known, pki, issuedFor, datastore));
                remove();
            }
            case BRING_BACK -> bringBack(aside.orElseThrow());
        }
        if (work.verb() == Verb.CREATE_PKI || work.verb() == Verb.REISSUE) {
            pki = true;
            outdatedCertificates = List.of();
        }
    }

    private void remove() {
        record = Optional.empty();
        pki = false;
        issuedFor = Optional.empty();
        outdatedCertificates = List.of();
        datastore = false;
    }

    private void bringBack(Aside back) {
        record = Optional.of(back.record.asKept());
        pki = back.pki;
        issuedFor = back.issuedFor;
        datastore = back.datastore;
        aside = Optional.empty();
    }

    private void record(TenantControlPlane wanted) {
        TenantRecord before = record.orElseGet(() -> TenantRecord.of(wanted, PORTS));
        record = Optional.of(new TenantRecord(
                wanted,
                before.ports().asWanted(wanted),
                before.encryption(),
                before.renderRevision(),
                before.servedVersion(),
                before.bootstrapped(),
                before.published(),
                false));
    }

    private void start(TenantControlPlane wanted, Component component) {
        List<String> processes = new ArrayList<>(running.getOrDefault(component, List.of()));
        processes.add(blueprint(wanted).of(component).digest());
        running.put(component, processes);
        datastore |= component == Component.ETCD;
        if (component == Component.KUBE_APISERVER) {
            record = Optional.of(record.orElseThrow().asServed());
        }
    }
}
