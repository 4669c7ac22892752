package io.hcp.core.internal.plan;

import io.hcp.api.model.Component;
import io.hcp.api.model.TenantControlPlane;
import io.hcp.api.plan.Plan;
import io.hcp.core.internal.blueprint.Blueprint;
import io.hcp.core.internal.blueprint.BlueprintInput;
import io.hcp.core.internal.blueprint.Ports;
import io.hcp.core.internal.blueprint.TenantLayout;
import io.hcp.core.internal.catalog.ReleaseCatalog;
import io.hcp.core.internal.spec.TenantRecord;
import java.nio.file.Path;
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
    List<String> outdatedCertificates = List.of();
    List<String> damagedKeys = List.of();
    boolean datastore;
    Map<Component, List<String>> running = new EnumMap<>(Component.class);
    long usableBytes = 1L << 40;

    static TenantModel runningAsWanted() {
        TenantModel model = new TenantModel();
        model.carryOut(ACME, model.plan(ACME));
        return model;
    }

    Observed observed() {
        return new Observed(
                record, pki, outdatedCertificates, damagedKeys, datastore, running, usableBytes, false, Map.of());
    }

    Blueprint blueprint(TenantControlPlane wanted) {
        TenantRecord planned = TenantRecord.planned(wanted, record);
        return Blueprint.of(new BlueprintInput(
                wanted,
                ReleaseCatalog.bundled().find(wanted.kubernetesVersion()).orElseThrow(),
                planned.ports(),
                planned.encryption(),
                new TenantLayout(Path.of("/data/tenants/acme"))));
    }

    List<Work> plan(TenantControlPlane wanted) {
        return Planner.apply(wanted, blueprint(wanted), observed());
    }

    List<Work> planDelete() {
        return Planner.delete(observed());
    }

    static String text(List<Work> works) {
        return new Plan(
                        io.hcp.api.plan.PlanKind.APPLY,
                        ACME,
                        List.of(),
                        works.stream().map(Work::step).toList(),
                        List.of(),
                        java.time.Duration.ZERO,
                        "")
                .toString();
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
        switch (work.verb()) {
            case PROVIDE, AWAIT_READY -> {}
            case RECORD -> record(wanted);
            case CREATE_PKI -> {
                pki = true;
                outdatedCertificates = List.of();
            }
            case CREATE_KEY -> record = Optional.of(TenantRecord.planned(wanted, record));
            case REISSUE -> outdatedCertificates = List.of();
            case STOP -> running.remove(work.component().orElseThrow());
            case START -> start(wanted, work.component().orElseThrow());
            case BOOTSTRAP -> record = Optional.of(record.orElseThrow().asBootstrapped());
            case MARK_DELETING -> record = Optional.of(record.orElseThrow().asDeleting());
            case REMOVE_DATA -> {
                record = Optional.empty();
                pki = false;
                outdatedCertificates = List.of();
                datastore = false;
            }
        }
    }

    private void record(TenantControlPlane wanted) {
        TenantRecord before = record.orElseGet(() -> TenantRecord.of(wanted, PORTS));
        record = Optional.of(before.withSpec(wanted).withPorts(before.ports().asWanted(wanted)));
    }

    private void start(TenantControlPlane wanted, Component component) {
        List<String> processes = new ArrayList<>(running.getOrDefault(component, List.of()));
        processes.add(blueprint(wanted).of(component).digest());
        running.put(component, processes);
        datastore |= component == Component.ETCD;
    }
}
