package io.hcp.testbed.fake;

import io.hcp.api.error.ErrorKind;
import io.hcp.api.error.HcpException;
import io.hcp.api.model.Component;
import io.hcp.core.internal.blueprint.Blueprint;
import io.hcp.core.internal.blueprint.ComponentBlueprint;
import io.hcp.core.internal.gateway.Lease;
import io.hcp.core.internal.gateway.TenantApi;
import io.hcp.core.internal.usage.ApiMetrics;
import io.hcp.core.internal.usage.Reading;
import java.net.URI;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** A tenant's API, as far as this library looks at it: health, and the objects of the first roles. */
final class FakeTenantApi implements TenantApi {
    private static final String ENGINE_ROLE = "clusterroles/hcp:engine";
    private static final String ENGINE_BINDING = "clusterrolebindings/hcp:engine";

    /** In the order in which they are created. */
    private static final List<String> ROLES = List.of(
            ENGINE_ROLE,
            ENGINE_BINDING,
            "clusterrolebindings/kubeadm:cluster-admins",
            "clusterrolebindings/kubeadm:apiserver-kubelet-client");

    private final TenantAccess access;
    private final FakeProcesses processes;

    FakeTenantApi(TenantAccess access, FakeProcesses processes) {
        this.access = access;
        this.processes = processes;
    }

    private boolean isReady(TenantState state, ComponentBlueprint component) {
        return state.authorities().isPresent()
                && processes
                        .servingAt(
                                state, component.component(), component.health().port())
                        .isPresent();
    }

    @Override
    public Answers ask(Blueprint blueprint) {
        processes.lookAfter();
        return access.read("api.ask", state -> answers(state, blueprint));
    }

    private Answers answers(TenantState state, Blueprint blueprint) {
        if (state.authorities().isEmpty()) {
            return new Answers(Set.of(), List.of("certificates"));
        }
        Set<Component> ready = EnumSet.noneOf(Component.class);
        List<String> missing = new ArrayList<>();
        for (ComponentBlueprint component : blueprint.components().values()) {
            if (isReady(state, component)) {
                ready.add(component.component());
            } else {
                missing.add(component.component() + " at " + component.health().ready());
            }
        }
        // Without its role this library may not look whether the ServiceAccount is there.
        boolean mayLook = state.roles().containsAll(List.of(ENGINE_ROLE, ENGINE_BINDING));
        if (missing.isEmpty() && !mayLook) {
            missing.add("ServiceAccount default/default");
        }
        return new Answers(ready, missing);
    }

    @Override
    public Reading<ApiMetrics> metrics(Blueprint blueprint) {
        int port = blueprint.of(Component.KUBE_APISERVER).health().port();
        return access.read("api.metrics", state -> {
            if (state.authorities().isEmpty()) {
                return Reading.failed("it has no certificates");
            }
            return processes
                    .metrics(state, port)
                    .map(Reading::of)
                    .orElseGet(() -> Reading.failed("connection refused"));
        });
    }

    @Override
    public void bootstrap(Lease lease, URI apiServer) {
        access.write("api.bootstrap", lease, () -> {
            if (access.now().authorities().isEmpty()) {
                throw new HcpException(
                        ErrorKind.PKI_DAMAGED,
                        "the authorities of tenant \"%s\" are missing".formatted(access.tenant()),
                        "restore them from a backup");
            }
            for (String role : ROLES) {
                access.change(lease, state -> {
                    requireServing(state, apiServer, role);
                    return state.roles().contains(role) ? state : state.withRole(role);
                });
            }
        });
    }

    private void requireServing(TenantState state, URI apiServer, String role) {
        if (processes
                .servingAt(state, Component.KUBE_APISERVER, apiServer.getPort())
                .isEmpty()) {
            throw new HcpException(
                    ErrorKind.TENANT_API,
                    "POST %s to %s failed: connection refused".formatted(role, apiServer),
                    "look at the log of kube-apiserver");
        }
    }
}
