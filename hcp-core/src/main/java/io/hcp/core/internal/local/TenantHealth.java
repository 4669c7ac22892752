package io.hcp.core.internal.local;

import io.hcp.api.error.ErrorKind;
import io.hcp.api.error.HcpException;
import io.hcp.api.model.Component;
import io.hcp.core.internal.blueprint.Blueprint;
import io.hcp.core.internal.blueprint.ComponentBlueprint;
import io.hcp.core.internal.blueprint.HealthCheck;
import io.hcp.core.internal.time.Time;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Tells how a tenant's components are by asking them. */
final class TenantHealth {
    /** The timeout of kubeadm's probes. */
    private static final Duration LIVENESS_LIMIT = Duration.ofSeconds(15);

    private static final Duration READINESS_LIMIT = Duration.ofSeconds(2);
    private static final String DEFAULT_SERVICE_ACCOUNT = "/api/v1/namespaces/default/serviceaccounts/default";

    private final String tenant;
    private final TenantClient client;
    private final BooleanSupplier hasCertificates;

    TenantHealth(String tenant, TenantClient client, BooleanSupplier hasCertificates) {
        this.tenant = tenant;
        this.client = client;
        this.hasCertificates = hasCertificates;
    }

    TenantClient client() {
        return client;
    }

    boolean isAlive(HealthCheck check) {
        return answers(check, check.started(), LIVENESS_LIMIT);
    }

    boolean hasStarted(HealthCheck check) {
        return answers(check, check.started(), READINESS_LIMIT);
    }

    boolean isReady(HealthCheck check) {
        return hasCertificates.getAsBoolean() && answers(check, check.ready(), READINESS_LIMIT);
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

    /** Tells what the control plane still waits for, in words; empty if it is ready. */
    List<String> notReady(Blueprint blueprint) {
        if (!hasCertificates.getAsBoolean()) {
            return List.of("certificates");
        }
        List<String> components = blueprint.components().values().stream()
                .filter(component -> !isReady(component.health()))
                .map(component ->
                        component.component() + " at " + component.health().ready())
                .toList();
        if (!components.isEmpty()) {
            return components;
        }
        ComponentBlueprint apiServer = blueprint.of(Component.KUBE_APISERVER);
        return answers(apiServer.health(), DEFAULT_SERVICE_ACCOUNT, READINESS_LIMIT)
                ? List.of()
                : List.of("ServiceAccount default/default");
    }

    /** Waits until the control plane is ready. */
    void awaitReady(Blueprint blueprint, Duration limit) {
        List<String> missing = new ArrayList<>();
        boolean ready = Time.system().until(limit, () -> {
            missing.clear();
            missing.addAll(notReady(blueprint));
            return missing.isEmpty();
        });
        if (!ready) {
            throw new HcpException(
                    ErrorKind.TIMEOUT,
                    "tenant \"%s\" was not ready within %s; it waits for %s"
                            .formatted(tenant, limit, String.join(", ", missing)),
                    "wait longer, or look at the logs of what it waits for");
        }
    }
}
