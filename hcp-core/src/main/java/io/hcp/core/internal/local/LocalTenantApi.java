package io.hcp.core.internal.local;

import io.hcp.api.error.ErrorKind;
import io.hcp.api.error.HcpException;
import io.hcp.api.model.Component;
import io.hcp.core.internal.blueprint.Blueprint;
import io.hcp.core.internal.blueprint.ComponentBlueprint;
import io.hcp.core.internal.blueprint.FirstRoles;
import io.hcp.core.internal.blueprint.HealthCheck;
import io.hcp.core.internal.gateway.Certificates;
import io.hcp.core.internal.gateway.Lease;
import io.hcp.core.internal.gateway.TenantApi;
import io.hcp.core.internal.tenant.TenantClient;
import io.hcp.core.internal.usage.ApiMetrics;
import io.hcp.core.internal.usage.Reading;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Asks a tenant's components over HTTPS. */
final class LocalTenantApi implements TenantApi {
    /** The timeout of kubeadm's probes. */
    private static final Duration LIVENESS_LIMIT = Duration.ofSeconds(15);

    private static final Duration METRICS_LIMIT = Duration.ofSeconds(10);
    private static final Duration READINESS_LIMIT = Duration.ofSeconds(2);
    private static final String DEFAULT_SERVICE_ACCOUNT = "/api/v1/namespaces/default/serviceaccounts/default";

    private final String tenant;
    private final TenantClient client;
    private final Certificates certificates;

    LocalTenantApi(String tenant, TenantClient client, Certificates certificates) {
        this.tenant = tenant;
        this.client = client;
        this.certificates = certificates;
    }

    /** Tells whether a component that has started is to be left alone. */
    boolean isAlive(HealthCheck check) {
        return answers(check, check.started(), LIVENESS_LIMIT);
    }

    boolean hasStarted(HealthCheck check) {
        return answers(check, check.started(), READINESS_LIMIT);
    }

    @Override
    public Answers ask(Blueprint blueprint) {
        if (!certificates.exist()) {
            return new Answers(Set.of(), List.of("certificates"));
        }
        Set<Component> ready = EnumSet.noneOf(Component.class);
        List<String> missing = new ArrayList<>();
        for (ComponentBlueprint component : blueprint.components().values()) {
            if (answers(component.health(), component.health().ready(), READINESS_LIMIT)) {
                ready.add(component.component());
            } else {
                missing.add(component.component() + " at " + component.health().ready());
            }
        }
        HealthCheck apiServer = blueprint.of(Component.KUBE_APISERVER).health();
        if (missing.isEmpty() && !answers(apiServer, DEFAULT_SERVICE_ACCOUNT, READINESS_LIMIT)) {
            missing.add("ServiceAccount default/default");
        }
        return new Answers(ready, missing);
    }

    @Override
    public Reading<ApiMetrics> metrics(Blueprint blueprint) {
        if (!certificates.exist()) {
            return Reading.failed("it has no certificates");
        }
        try {
            return client.metrics(blueprint.of(Component.KUBE_APISERVER).health(), METRICS_LIMIT);
        } catch (HcpException e) {
            if (e.kind() == ErrorKind.PKI_DAMAGED) {
                return Reading.failed(String.valueOf(e.getMessage()));
            }
            throw e;
        }
    }

    @Override
    public void bootstrap(Lease lease, URI apiServer) {
        LocalLease.check(lease, tenant);
        client.write(apiServer, FirstRoles.objects());
    }

    /** A tenant with damaged certificates, or one being removed, cannot be asked: that is an answer too. */
    private boolean answers(HealthCheck check, String path, Duration limit) {
        try {
            return client.answers(check, path, limit);
        } catch (HcpException e) {
            if (e.kind() == ErrorKind.PKI_DAMAGED) {
                return false;
            }
            throw e;
        }
    }
}
