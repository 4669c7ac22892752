package io.hcp.core.internal.engine;

import io.hcp.api.Condition;
import io.hcp.api.ControlPlane;
import io.hcp.api.ControlPlaneStatus;
import io.hcp.api.Operation;
import io.hcp.api.error.HcpException;
import io.hcp.api.model.KubeconfigRequest;
import io.hcp.api.model.TenantControlPlane;
import io.hcp.api.progress.OperationReport;
import io.hcp.api.usage.TenantUsage;
import io.hcp.core.internal.spec.SpecValidator;
import io.hcp.core.internal.time.Time;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The handle on one tenant. */
record Handle(Engine engine, TenantControlPlane spec, Optional<Operation> operation) implements ControlPlane {
    @Override
    public ControlPlaneStatus status() {
        Health health = tenant().health();
        Condition ready = Conditions.ready(health);
        return new ControlPlaneStatus(
                ready.status() == Condition.Status.TRUE,
                health.deleting(),
                health.supervised(),
                List.of(ready, reconciled(), health.maintained()),
                health.components());
    }

    private Condition reconciled() {
        try {
            return Conditions.reconciled(tenant().planReconcile().plan(), lastOperation());
        } catch (HcpException e) {
            return Conditions.unknown(String.valueOf(e.getMessage()));
        }
    }

    private TenantBackend tenant() {
        return engine.backend().tenant(spec.name());
    }

    @Override
    public Optional<OperationReport> lastOperation() {
        return engine.lastOperation(spec.name());
    }

    @Override
    public TenantUsage usage(Duration window) {
        return engine.metering().tenant(spec.name(), window);
    }

    @Override
    public URI endpoint() {
        return tenant().endpoint();
    }

    @Override
    public ControlPlane awaitReady(Duration limit) {
        Time time = engine.backend().time();
        long deadline = time.nanoTime() + Time.nanos(limit);
        operation.ifPresent(under -> under.await(limit));
        tenant().awaitReady(Duration.ofNanos(Math.max(0, deadline - time.nanoTime())));
        return this;
    }

    @Override
    public String kubeconfig(KubeconfigRequest request) {
        SpecValidator.check(request);
        return tenant().kubeconfig(request);
    }

    @Override
    public String toString() {
        return "ControlPlane[" + spec.name() + "]";
    }
}
