package io.hcp.core.internal.machine;

import io.hcp.api.ControlPlaneStatus.ComponentStatus;
import io.hcp.api.error.ComponentFailedException;
import io.hcp.api.error.ErrorKind;
import io.hcp.api.error.HcpException;
import io.hcp.api.model.Component;
import io.hcp.api.model.KubeconfigRequest;
import io.hcp.api.model.TenantControlPlane;
import io.hcp.api.plan.PlanKind;
import io.hcp.core.internal.blueprint.Blueprint;
import io.hcp.core.internal.engine.Health;
import io.hcp.core.internal.engine.TenantBackend;
import io.hcp.core.internal.gateway.Journal;
import io.hcp.core.internal.gateway.Lease;
import io.hcp.core.internal.gateway.Machine;
import io.hcp.core.internal.gateway.Processes.Running;
import io.hcp.core.internal.gateway.Records.Stored;
import io.hcp.core.internal.gateway.Storage.Retained;
import io.hcp.core.internal.gateway.TenantApi;
import io.hcp.core.internal.gateway.TenantGateways;
import io.hcp.core.internal.plan.Observed;
import io.hcp.core.internal.plan.PlannedWork;
import io.hcp.core.internal.plan.Planner;
import io.hcp.core.internal.plan.Work;
import io.hcp.core.internal.spec.SpecValidator;
import io.hcp.core.internal.spec.TenantRecord;
import io.hcp.core.internal.spec.rules.LocalRules;
import io.hcp.core.internal.time.Time;
import io.hcp.core.internal.usage.TenantSample;
import io.hcp.pki.Authority;
import io.hcp.pki.CertificateTemplate;
import io.hcp.pki.Credential;
import io.hcp.pki.Kubeconfig;
import io.hcp.pki.TenantPki;
import java.net.URI;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;

/** One tenant of a machine: what is there, what has to be done. Keeps nothing but the ways to it. */
final class MachineTenant implements TenantBackend {
    private final String name;
    private final Machine machine;
    private final Time time;
    private final RandomGenerator random;
    private final TenantGateways gateways;
    private final RecordEditor records;
    private final Observation observation;

    MachineTenant(String name, Machine machine, Time time, RandomGenerator random) {
        this.name = name;
        this.machine = machine;
        this.time = time;
        this.random = random;
        this.gateways = machine.tenant(name);
        this.records = new RecordEditor(name, machine.name(), gateways.records());
        this.observation = new Observation(gateways);
    }

    @Override
    public Optional<TenantControlPlane> description() {
        return gateways.records().read().map(stored -> stored.record().spec());
    }

    @Override
    public PlannedWork plan(TenantControlPlane written) {
        SpecValidator.check(written, LocalRules.ALL);
        Optional<TenantRecord> stored = gateways.records().read().map(Stored::record);
        Optional<Retained> retained =
                stored.isPresent() ? Optional.empty() : written.tenantId().flatMap(gateways.storage()::retained);
        Optional<TenantRecord> known = stored.or(() -> retained.map(Retained::record));
        TenantControlPlane wanted = MachineDescription.resolve(written, known, machine.ports());
        return plan(PlanKind.APPLY, MachineDescription.identified(wanted, random), known, retained);
    }

    private PlannedWork plan(
            PlanKind kind, TenantControlPlane wanted, Optional<TenantRecord> known, Optional<Retained> retained) {
        Observed observed = retained.map(observation::ofRetained).orElseGet(() -> observation.of(known, wanted));
        if (!observed.pkiPresent()) {
            gateways.certificates().requireProvided(wanted);
        }
        return Planner.apply(kind, wanted, blueprint(TenantRecord.planned(wanted, known)), observed);
    }

    @Override
    public PlannedWork planReconcile() {
        TenantRecord known = records.require();
        if (known.deleting()) {
            return planDelete();
        }
        Optional<TenantRecord> stored = Optional.of(known);
        TenantControlPlane wanted = MachineDescription.resolve(known.spec(), stored, machine.ports());
        return plan(PlanKind.RECONCILE, wanted, stored, Optional.empty());
    }

    @Override
    public PlannedWork planDelete() {
        Optional<TenantRecord> known = gateways.records().readIfIntact();
        Observed observed = observation.forDeletion(known);
        if (!gateways.storage().exists() && observed.running().isEmpty()) {
            records.require(); // throws: it does not exist
        }
        TenantControlPlane spec = known.map(TenantRecord::spec)
                .orElseGet(() -> TenantControlPlane.builder()
                        .name(name)
                        .kubernetesVersion("0.0.0")
                        .build());
        return Planner.delete(spec, observed);
    }

    @Override
    public String carryOut(Lease lease, Work work, PlannedWork planned) {
        return new MachineSteps(gateways, machine, time, lease, records).carryOut(work, planned);
    }

    /** A port that turned out to be taken is exchanged, as long as nobody can know it yet. */
    @Override
    public Optional<PlannedWork> instead(Lease lease, HcpException failure, PlannedWork planned) {
        if (failure.kind() == ErrorKind.PORT_BUSY
                && failure instanceof ComponentFailedException taken
                && new TenantPorts(machine.ports(), gateways.records(), lease).exchange(taken.component())) {
            return Optional.of(plan(
                    planned.plan().kind(), planned.plan().wanted(), Optional.of(records.require()), Optional.empty()));
        }
        return Optional.empty();
    }

    @Override
    public void adopt(Lease lease) {
        gateways.records()
                .readIfIntact()
                .filter(tenant -> !tenant.deleting())
                .ifPresent(tenant -> gateways.processes()
                        .adopt(lease, blueprint(tenant).components().values()));
    }

    @Override
    public Journal journal() {
        return gateways.journal();
    }

    @Override
    public Health health() {
        TenantRecord recorded = records.require();
        Blueprint blueprint = blueprint(recorded);
        TenantApi.Answers answers = gateways.api().ask(blueprint);
        Map<Component, ComponentStatus> components = new EnumMap<>(Component.class);
        for (Component component : Component.values()) {
            components.put(component, new ComponentStatus(OptionalLong.empty(), false, 0));
        }
        for (Running running : gateways.processes().running()) {
            Component component = running.component();
            components.put(
                    component,
                    new ComponentStatus(
                            OptionalLong.of(running.pid()),
                            answers.ready().contains(component),
                            gateways.processes().restarts(component)));
        }
        boolean supervised = gateways.processes().watchesAll();
        return new Health(
                answers.missing(),
                List.of(),
                recorded.deleting(),
                supervised,
                Health.maintained(supervised),
                components);
    }

    @Override
    public TenantSample sample(Executor executor) {
        return new MachineUsage(machine, time).of(name);
    }

    @Override
    public URI endpoint() {
        return MachineBlueprint.input(records.require(), gateways.layout()).apiServer();
    }

    private Blueprint blueprint(TenantRecord tenant) {
        return MachineBlueprint.of(tenant, gateways.layout());
    }

    @Override
    public void awaitReady(Duration limit) {
        new Readiness(name, gateways.api(), time).await(blueprint(records.require()), limit);
    }

    @Override
    public String kubeconfig(KubeconfigRequest request) {
        if (!gateways.certificates().exist()) {
            throw new HcpException(
                    ErrorKind.NOT_FOUND,
                    "tenant \"" + name + "\" has no CA yet",
                    "wait for its creation with awaitReady(...)");
        }
        TenantPki pki = gateways.certificates().load();
        List<String> groups =
                request.groups().isEmpty() ? List.of(KubeconfigRequest.ADMINISTRATORS) : List.copyOf(request.groups());
        Credential client = pki.authority(Authority.CLUSTER)
                .issue(
                        CertificateTemplate.client(request.user(), request.validFor(), groups.toArray(String[]::new)),
                        time.clock());
        return Kubeconfig.embedded(name, endpoint(), pki.trustBundle(Authority.CLUSTER), client);
    }
}
