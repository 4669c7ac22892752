package io.hcp.core.internal.cluster;

import io.hcp.api.Condition;
import io.hcp.api.Condition.Status;
import io.hcp.api.ControlPlaneStatus.ComponentStatus;
import io.hcp.api.error.ErrorKind;
import io.hcp.api.error.HcpException;
import io.hcp.api.model.Component;
import io.hcp.api.model.IpAddress;
import io.hcp.api.model.KubeconfigRequest;
import io.hcp.api.model.TenantControlPlane;
import io.hcp.api.plan.PlanKind;
import io.hcp.core.internal.cluster.Observation.Found;
import io.hcp.core.internal.cluster.form.ClusterObject;
import io.hcp.core.internal.cluster.form.Kind;
import io.hcp.core.internal.cluster.gateway.UnderCluster;
import io.hcp.core.internal.cluster.plan.ClusterObserved;
import io.hcp.core.internal.cluster.plan.ClusterPlanner;
import io.hcp.core.internal.cluster.plan.Drawing;
import io.hcp.core.internal.cluster.plan.ServiceState;
import io.hcp.core.internal.cluster.plan.VolumeClaims;
import io.hcp.core.internal.cluster.record.OwnObject;
import io.hcp.core.internal.engine.Health;
import io.hcp.core.internal.engine.Ids;
import io.hcp.core.internal.engine.TenantBackend;
import io.hcp.core.internal.gateway.Journal;
import io.hcp.core.internal.gateway.Lease;
import io.hcp.core.internal.maintain.Shares;
import io.hcp.core.internal.plan.PlannedWork;
import io.hcp.core.internal.plan.Work;
import io.hcp.core.internal.spec.ClusterDefaults;
import io.hcp.core.internal.spec.SpecValidator;
import io.hcp.core.internal.spec.TenantRecord;
import io.hcp.core.internal.spec.rules.ClusterRules;
import io.hcp.core.internal.time.Time;
import io.hcp.core.internal.usage.TenantSample;
import io.hcp.pki.Authority;
import io.hcp.pki.CertificateTemplate;
import io.hcp.pki.Credential;
import io.hcp.pki.Kubeconfig;
import io.hcp.pki.PkiContent;
import io.hcp.pki.TenantPki;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;

/** One tenant of an under cluster: what is there, what has to be done. */
final class ClusterTenant implements TenantBackend {
    private final TenantCell cell;
    private final UnderCluster cluster;
    private final Time time;
    private final RandomGenerator random;
    private final Observation observation;
    private volatile Optional<OwnObject> found = Optional.empty();

    ClusterTenant(TenantCell cell, UnderCluster cluster, Time time, RandomGenerator random) {
        this.cell = cell;
        this.cluster = cluster;
        this.time = time;
        this.random = random;
        this.observation = new Observation(cell, cluster, time);
    }

    @Override
    public Optional<TenantControlPlane> description() {
        return cell.resource().read().map(OwnObject::spec);
    }

    @Override
    public PlannedWork plan(TenantControlPlane written) {
        SpecValidator.check(written, ClusterRules.ALL);
        return plan(PlanKind.APPLY, written, observation.find());
    }

    private PlannedWork plan(PlanKind kind, TenantControlPlane written, Found found) {
        TenantControlPlane wanted = resolve(written, found);
        ClusterObserved observed = observation.of(found, wanted);
        if (observed.authorities() == ClusterObserved.Authorities.ABSENT) {
            new ProvidedSecrets(cluster, time).require(wanted);
        }
        return ClusterPlanner.apply(kind, wanted, drawing(wanted, found, observed), observed);
    }

    private TenantControlPlane resolve(TenantControlPlane written, Found found) {
        Optional<TenantRecord> known = found.before(written);
        TenantControlPlane resolved = ClusterDefaults.resolve(written, known.map(TenantRecord::spec));
        SpecValidator.check(resolved, ClusterRules.ALL);
        known.filter(before -> before.bootstrapped() || before.servedVersion().isPresent())
                .ifPresent(before -> SpecValidator.checkChange(before.servedSpec(), resolved));
        return resolved.tenantId().isPresent() ? resolved : resolved.withTenantId(Ids.tenant(random));
    }

    private Optional<Drawing> drawing(TenantControlPlane wanted, Found found, ClusterObserved observed) {
        if (Drawings.address(wanted).isEmpty() || observed.lost()) {
            return Optional.empty();
        }
        Drawings drawings = new Drawings(cell.names(), found.own().map(OwnObject::object));
        return Optional.of(drawings.drawing(TenantRecord.planned(wanted, observed.record())));
    }

    @Override
    public PlannedWork planReconcile() {
        Found all = observation.find();
        found = all.own();
        OwnObject own = all.own().orElseGet(() -> cell.resource().require()); // throws: it does not exist
        return own.object().isDeleting() ? planDelete(all) : plan(PlanKind.RECONCILE, own.spec(), all);
    }

    @Override
    public PlannedWork planDelete() {
        return planDelete(observation.find());
    }

    private PlannedWork planDelete(Found found) {
        if (found.own().isEmpty()) {
            found.retainedId().ifPresent(id -> {
                throw retained(id);
            });
            if (found.secrets().secrets().isEmpty() && found.claims().isEmpty()) {
                OwnObject unused = cell.resource().require(); // throws: it does not exist
            }
        }
        ClusterObserved observed = observation.forDeletion(found);
        TenantControlPlane spec = observed.record()
                .map(TenantRecord::spec)
                .orElseGet(() -> OwnObject.named(cell.names().tenant()));
        return ClusterPlanner.delete(spec, observed);
    }

    /** Its deletion ended as its description said: what was kept is not to go with another call of the same. */
    private HcpException retained(String id) {
        return new HcpException(
                ErrorKind.NOT_FOUND,
                "tenant \"%s\" is deleted in %s; its data was retained under tenant id %s"
                        .formatted(cell.names().tenant(), cluster.name(), id),
                "apply it with tenantId " + id + " to bring it back, or delete its Secrets and PersistentVolumeClaims");
    }

    @Override
    public void begins(PlannedWork planned) {
        cell.journal().carryingOut(planned.plan().wanted());
    }

    @Override
    public String carryOut(Lease lease, Work work, PlannedWork planned) {
        return new ClusterSteps(cell, cluster, time, lease, planned).carryOut(work);
    }

    @Override
    public Optional<PlannedWork> instead(Lease lease, HcpException failure, PlannedWork planned) {
        return Optional.empty();
    }

    /** The under cluster watches over pods by itself. */
    @Override
    public void adopt(Lease lease) {}

    /** What keeps it from being reconciled has to be taken out of the way by those who look at its object. */
    @Override
    public void refused(Lease lease, HcpException problem) {
        if (!problem.retryable()) {
            cell.journal().refuse(lease, Ids.operation(random), problem, found);
        }
    }

    @Override
    public Journal journal() {
        return cell.journal();
    }

    @Override
    public Health health() {
        OwnObject own = cell.resource().require();
        List<ClusterObject> pods = cluster.objects().list(Kind.POD, cell.labels()).stream()
                .filter(pod -> !Members.isOver(pod))
                .toList();
        Map<Component, ComponentStatus> components = new EnumMap<>(Component.class);
        for (Component component : Component.values()) {
            components.put(component, status(component, pods));
        }
        List<String> notReady = new ArrayList<>(new Replicas(cell, cluster).notReady(own.spec(), pods));
        lostAddress(own.spec()).ifPresent(address -> notReady.add("address " + address + " of its Service"));
        List<String> threats = deletedClaims().stream()
                .map(claim -> "PersistentVolumeClaim " + claim + " was deleted, and goes with its pod")
                .toList();
        return new Health(notReady, threats, own.object().isDeleting(), true, maintained(), components);
    }

    /** As of now: a stored condition would stay true when the last process that looked after tenants is gone. */
    private Condition maintained() {
        Map<String, String> instances;
        try {
            instances = cluster.instances();
        } catch (HcpException e) {
            return new Condition(Condition.MAINTAINED, Status.UNKNOWN, "CannotBeTold", String.valueOf(e.getMessage()));
        }
        return Shares.owner(instances.keySet(), cell.names().tenant())
                .map(owner ->
                        new Condition(Condition.MAINTAINED, Status.TRUE, "LookedAfter", "by " + instances.get(owner)))
                .orElseGet(() -> new Condition(
                        Condition.MAINTAINED,
                        Status.FALSE,
                        "NobodyLooksAfterIt",
                        "no process maintains the tenants of " + cluster.name()
                                + ": call maintain(), or run the operator example"));
    }

    private List<String> deletedClaims() {
        return VolumeClaims.of(cluster.objects().list(Kind.VOLUME_CLAIM, cell.labels()), List.of()).deleted().stream()
                .filter(claim ->
                        claim.startsWith(cell.names().claim(cell.names().etcd()) + "-"))
                .toList();
    }

    private Optional<IpAddress> lostAddress(TenantControlPlane tenant) {
        return cluster.objects()
                .get(Kind.SERVICE, cell.names().controlPlane())
                .flatMap(service -> new ServiceState(service).lost(tenant.networkProfile()));
    }

    /** A component is well if it is in every pod that has it. */
    private static ComponentStatus status(Component component, List<ClusterObject> pods) {
        List<Map<String, Object>> containers = pods.stream()
                .flatMap(pod -> pod.objects("status", "containerStatuses").stream())
                .filter(container -> component.binaryName().equals(container.get("name")))
                .toList();
        boolean healthy = !containers.isEmpty()
                && containers.stream().allMatch(container -> Boolean.TRUE.equals(container.get("ready")));
        int restarts = containers.stream()
                .mapToInt(container -> container.get("restartCount") instanceof Number count ? count.intValue() : 0)
                .sum();
        return new ComponentStatus(OptionalLong.empty(), healthy, restarts);
    }

    @Override
    public TenantSample sample(Executor executor) {
        return new ClusterUsage(cluster, time, executor).one(cell);
    }

    @Override
    public URI endpoint() {
        return Drawings.server(cell.resource().require().spec());
    }

    @Override
    public void awaitReady(Duration limit) {
        new Replicas(cell, cluster).awaitReady(time, limit);
    }

    @Override
    public String kubeconfig(KubeconfigRequest request) {
        if (Observation.authoritiesOf(cell.readSecrets()) != ClusterObserved.Authorities.PRESENT) {
            throw new HcpException(
                    ErrorKind.NOT_FOUND,
                    "tenant \"" + cell.names().tenant() + "\" has no CA yet",
                    "wait for its creation with awaitReady(...)");
        }
        TenantPki pki = new PkiContent(cell.secrets()).load(List.of());
        List<String> groups =
                request.groups().isEmpty() ? List.of(KubeconfigRequest.ADMINISTRATORS) : List.copyOf(request.groups());
        Credential client = pki.authority(Authority.CLUSTER)
                .issue(
                        CertificateTemplate.client(request.user(), request.validFor(), groups.toArray(String[]::new)),
                        time.clock());
        return Kubeconfig.embedded(cell.names().tenant(), endpoint(), pki.trustBundle(Authority.CLUSTER), client);
    }
}
