package io.hcp.core.internal.machine;

import io.hcp.api.error.ComponentFailedException;
import io.hcp.api.error.ErrorKind;
import io.hcp.api.model.Component;
import io.hcp.api.model.TenantControlPlane;
import io.hcp.core.internal.blueprint.Blueprint;
import io.hcp.core.internal.blueprint.ComponentBlueprint;
import io.hcp.core.internal.blueprint.EncryptionState;
import io.hcp.core.internal.gateway.Lease;
import io.hcp.core.internal.gateway.Machine;
import io.hcp.core.internal.gateway.Processes.Running;
import io.hcp.core.internal.gateway.TenantGateways;
import io.hcp.core.internal.plan.PlannedWork;
import io.hcp.core.internal.plan.Verb;
import io.hcp.core.internal.plan.Work;
import io.hcp.core.internal.spec.TenantRecord;
import io.hcp.core.internal.time.Time;
import io.hcp.pki.Authority;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Does the steps of one tenant. Each can be done again after it was interrupted at any point. */
final class MachineSteps {
    /** As long as kubeadm's startup probes wait: 24 failures, 10 s apart. */
    private static final Duration START_LIMIT = Duration.ofMinutes(4);

    private final TenantGateways gateways;
    private final Machine machine;
    private final Time time;
    private final Lease lease;
    private final RecordEditor records;

    MachineSteps(TenantGateways gateways, Machine machine, Time time, Lease lease, RecordEditor records) {
        this.gateways = gateways;
        this.machine = machine;
        this.time = time;
        this.lease = lease;
        this.records = records;
    }

    /** Does a step; returns what shows that it is done. */
    String carryOut(Work work, PlannedWork planned) {
        TenantControlPlane wanted = planned.plan().wanted();
        return switch ((Verb) work.verb()) {
            case PROVIDE -> provide(wanted, planned);
            case BRING_BACK -> bringBack(wanted);
            case RECORD -> record(wanted, planned);
            case CREATE_PKI -> createPki();
            case REISSUE -> reissue();
            case CREATE_KEY -> createKey();
            case STOP -> stop(component(work));
            case START -> start(component(work));
            case BOOTSTRAP -> bootstrap();
            case AWAIT_READY -> awaitReady();
            case MARK_DELETING -> markDeleting();
            case RETAIN_DATA -> retain(wanted, planned);
            case REMOVE_DATA -> remove(planned);
        };
    }

    private static Component component(Work work) {
        return work.component().orElseThrow();
    }

    private static String tenantId(TenantControlPlane tenant) {
        return tenant.tenantId().orElseThrow();
    }

    private Blueprint blueprint(TenantRecord tenant) {
        return MachineBlueprint.of(tenant, gateways.layout());
    }

    private String provide(TenantControlPlane wanted, PlannedWork planned) {
        Blueprint blueprint = blueprint(TenantRecord.planned(wanted, planned.from()));
        List<ComponentBlueprint> components = planned.works().stream()
                .filter(work -> work.verb() == Verb.START)
                .map(work -> blueprint.of(component(work)))
                .toList();
        machine.programs().provide(components);
        return components.stream()
                .map(component -> component.component() + " " + component.version())
                .collect(Collectors.joining(", "));
    }

    private String bringBack(TenantControlPlane wanted) {
        gateways.storage().bringBack(lease, tenantId(wanted));
        return "data of tenant id " + tenantId(wanted);
    }

    private String record(TenantControlPlane wanted, PlannedWork planned) {
        new TenantPorts(machine.ports(), gateways.records(), lease).record(wanted, planned.from());
        return "ports " + records.require().ports().asList();
    }

    private String createPki() {
        gateways.certificates().create(lease, records.require().spec());
        return "cluster CA " + authority();
    }

    private String authority() {
        return gateways.certificates()
                .load()
                .authority(Authority.CLUSTER)
                .certificate()
                .getSerialNumber()
                .toString(16);
    }

    private String reissue() {
        TenantControlPlane described = records.require().spec();
        List<String> outdated = gateways.certificates().outdated(described);
        gateways.certificates().reissue(lease, described);
        return outdated.isEmpty() ? "all were as they should be" : "issued " + String.join(", ", outdated);
    }

    /** The key is there before the record names it: one that is named and missing is lost. */
    private String createKey() {
        TenantRecord found = records.require();
        EncryptionState next = found.encryption().with(found.spec().kubernetes().encryptionAtRest());
        List<String> fresh = next.keys().stream()
                .filter(key -> !found.encryption().keys().contains(key))
                .toList();
        fresh.forEach(key -> gateways.encryptionKeys().create(lease, key));
        records.edit(lease, record -> record.withEncryption(next));
        return "key " + next.keys().get(next.keys().size() - 1) + " for " + String.join(", ", next.resources());
    }

    private String stop(Component component) {
        List<Running> running = gateways.processes().running().stream()
                .filter(process -> process.component() == component)
                .toList();
        gateways.processes().stop(lease, component);
        return "ended " + processes(running);
    }

    private static String processes(List<Running> running) {
        return running.isEmpty()
                ? "nothing"
                : running.stream().map(process -> "process " + process.pid()).collect(Collectors.joining(", "));
    }

    private String start(Component component) {
        if (component == Component.KUBE_APISERVER) {
            // From now on objects may be stored in the form of this version.
            records.edit(lease, TenantRecord::asServed);
        }
        TenantRecord tenant = records.require();
        ComponentBlueprint wanted = blueprint(tenant).of(component);
        gateways.processes().start(lease, wanted, tenant.ports().of(component));
        if (!time.until(START_LIMIT, () -> gateways.processes().isServing(wanted))) {
            throw new ComponentFailedException(
                    ErrorKind.COMPONENT_FAILED,
                    component,
                    "%s of tenant \"%s\" did not answer at %s within %s"
                            .formatted(
                                    component,
                                    tenant.spec().name(),
                                    wanted.health().started(),
                                    START_LIMIT),
                    gateways.processes().lastLogLines(component),
                    "see " + gateways.layout().log(component) + "; a machine under heavy load may need fewer tenants");
        }
        return "version %s serves at %s"
                .formatted(wanted.version(), wanted.health().url(""));
    }

    private String bootstrap() {
        URI apiServer =
                MachineBlueprint.input(records.require(), gateways.layout()).apiServer();
        gateways.api().bootstrap(lease, apiServer);
        records.edit(lease, TenantRecord::asBootstrapped);
        return "at " + apiServer;
    }

    private String awaitReady() {
        TenantRecord tenant = records.require();
        new Readiness(tenant.spec().name(), gateways.api(), time).await(blueprint(tenant), START_LIMIT);
        return "every component says so, and pods can be created";
    }

    private String markDeleting() {
        records.edit(lease, TenantRecord::asDeleting);
        return "deletion policy "
                + records.require()
                        .spec()
                        .lifecycle()
                        .deletionPolicy()
                        .map(Object::toString)
                        .orElse("Delete");
    }

    /** What was seen may be old, and no step may have written, which would have told. */
    private static Optional<TenantRecord> decided(PlannedWork planned) {
        return planned.from().map(TenantRecord::asDeleting);
    }

    private String retain(TenantControlPlane tenant, PlannedWork planned) {
        gateways.storage().retain(lease, tenantId(tenant), decided(planned));
        return "apply the tenant with tenantId " + tenantId(tenant) + " to bring it back";
    }

    private String remove(PlannedWork planned) {
        gateways.storage().remove(lease, decided(planned));
        return "nothing is left";
    }
}
