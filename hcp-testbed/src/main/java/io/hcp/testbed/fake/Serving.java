package io.hcp.testbed.fake;

import io.hcp.api.model.Component;
import java.time.Instant;
import java.util.Set;

/** What components depend on. */
final class Serving {
    private Serving() {}

    /** Tells whether a process does its work: it has started up, and so has what it depends on. */
    static boolean serves(TenantState state, FakeProcess process, Instant now) {
        if (process.fails().isPresent() || now.isBefore(process.servesFrom())) {
            return false;
        }
        return switch (process.component()) {
            case ETCD -> true;
            case KUBE_APISERVER -> anyServes(state, Component.ETCD, now);
            case KUBE_CONTROLLER_MANAGER, KUBE_SCHEDULER -> anyServes(state, Component.KUBE_APISERVER, now);
        };
    }

    private static boolean anyServes(TenantState state, Component component, Instant now) {
        return state.processes(component).stream().anyMatch(process -> serves(state, process, now));
    }

    /** The certificates without which a component ends at once. */
    static Set<String> certificates(Component component) {
        return switch (component) {
            case ETCD -> Set.of("etcd/server", "etcd/peer");
            case KUBE_APISERVER ->
                Set.of("apiserver", "apiserver-kubelet-client", "apiserver-etcd-client", "front-proxy-client");
            case KUBE_CONTROLLER_MANAGER -> Set.of("controller-manager", "controller-manager-server");
            case KUBE_SCHEDULER -> Set.of("scheduler", "scheduler-server");
        };
    }
}
