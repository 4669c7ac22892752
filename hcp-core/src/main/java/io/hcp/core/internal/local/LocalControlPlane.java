package io.hcp.core.internal.local;

import io.hcp.api.ControlPlane;
import io.hcp.api.ControlPlaneStatus;
import io.hcp.api.ControlPlaneStatus.ComponentStatus;
import io.hcp.api.Operation;
import io.hcp.api.error.ErrorKind;
import io.hcp.api.error.HcpException;
import io.hcp.api.model.Component;
import io.hcp.api.model.KubeconfigRequest;
import io.hcp.api.model.TenantControlPlane;
import io.hcp.core.internal.blueprint.Blueprint;
import io.hcp.core.internal.blueprint.ComponentBlueprint;
import io.hcp.core.internal.spec.SpecValidator;
import io.hcp.core.internal.spec.TenantRecord;
import io.hcp.core.internal.time.Time;
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

/** The handle on a tenant of the local backend. */
record LocalControlPlane(LocalTenant tenant, TenantControlPlane spec, Optional<Operation> operation)
        implements ControlPlane {
    @Override
    public ControlPlaneStatus status() {
        TenantRecord recorded = tenant.recorded();
        Blueprint blueprint = tenant.blueprint(recorded);
        Map<Component, ComponentStatus> components = new EnumMap<>(Component.class);
        for (Component component : Component.values()) {
            components.put(component, new ComponentStatus(OptionalLong.empty(), false, 0));
        }
        for (ProcessTable.Entry entry : ProcessTable.find(tenant.layout().root())) {
            ComponentBlueprint component = blueprint.of(entry.component());
            components.put(
                    entry.component(),
                    new ComponentStatus(
                            OptionalLong.of(entry.process().pid()),
                            tenant.health().isReady(component.health()),
                            tenant.supervisor().restarts(entry.component())));
        }
        boolean ready = tenant.health().notReady(blueprint).isEmpty();
        return new ControlPlaneStatus(
                ready, recorded.deleting(), tenant.supervisor().watchesAll(), List.of(), components);
    }

    @Override
    public String toString() {
        return "ControlPlane[" + tenant.name() + "]";
    }

    @Override
    public Optional<io.hcp.api.progress.OperationReport> lastOperation() {
        return Optional.empty();
    }

    @Override
    public URI endpoint() {
        return tenant.apiServer(tenant.recorded());
    }

    @Override
    public ControlPlane awaitReady(Duration limit) {
        long deadline = System.nanoTime() + Time.nanos(limit);
        operation.ifPresent(under -> under.await(limit));
        Duration left = Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
        tenant.health().awaitReady(tenant.blueprint(tenant.recorded()), left);
        return this;
    }

    @Override
    public String kubeconfig(KubeconfigRequest request) {
        SpecValidator.check(request);
        if (!tenant.hasCertificates()) {
            throw new HcpException(
                    ErrorKind.NOT_FOUND,
                    "tenant \"" + tenant.name() + "\" has no CA yet",
                    "wait for its creation with awaitReady(...)");
        }
        TenantPki pki = tenant.pki().load(List.of());
        List<String> groups =
                request.groups().isEmpty() ? List.of(KubeconfigRequest.ADMINISTRATORS) : List.copyOf(request.groups());
        Credential client = pki.authority(Authority.CLUSTER)
                .issue(
                        CertificateTemplate.client(request.user(), request.validFor(), groups.toArray(String[]::new)),
                        tenant.settings().clock());
        return Kubeconfig.embedded(tenant.name(), endpoint(), pki.trustBundle(Authority.CLUSTER), client);
    }
}
