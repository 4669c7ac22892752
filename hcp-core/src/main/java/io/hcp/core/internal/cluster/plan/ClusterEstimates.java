package io.hcp.core.internal.cluster.plan;

import io.hcp.api.model.Component;
import io.hcp.api.model.TenantControlPlane;
import io.hcp.core.internal.plan.Estimates;
import io.hcp.core.internal.plan.Experience;
import io.hcp.core.internal.plan.Task;
import io.hcp.core.internal.plan.Work;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What can be told of steps before they are done: how long they take, what cannot be undone, when the API is missed. */
record ClusterEstimates(TenantControlPlane wanted, ClusterObserved observed) implements Estimates {
    @Override
    public Duration expected(Task task, Optional<Component> component) {
        return Experience.measured(task.title(), observed.took()).orElseGet(((ClusterTask) task)::typical);
    }

    @Override
    public Optional<String> irreversible(Task task, Optional<Component> component) {
        return switch ((ClusterTask) task) {
            case ROLL_CONTROL_PLANE -> raise();
            case CREATE_KEY ->
                Optional.of("encryption only grows: keys and resources stay in the configuration, so that what was"
                        + " encrypted can be read");
            case MARK_DELETING ->
                Optional.of("a deletion that has begun can only be finished: apply is refused from then on");
            case REMOVE -> Optional.of("certificates, keys and all that the tenant has stored are gone for good");
            default -> Optional.empty();
        };
    }

    private Optional<String> raise() {
        return observed.record()
                .map(record -> record.servedSpec().kubernetesVersion())
                .filter(served -> wanted.kubernetesVersion().compareTo(served) > 0)
                .map(served -> "stored objects cannot go back to " + served);
    }

    /**
     * Replicas are exchanged one by one, a new one before an old one, and one of three members of etcd is not missed. So the
     * API does not answer only while the single member of etcd is exchanged, or if a part is not there.
     */
    Duration gap(List<Work> works) {
        if (!observed.mayServe() || observed.retained().isPresent()) {
            return Duration.ZERO; // nobody misses it
        }
        boolean single = wanted.dataStore().etcd().members().orElse(1) == 1;
        return works.stream()
                .filter(work -> (work.verb() == ClusterTask.ROLL_DATASTORE && single)
                        || work.verb() == ClusterTask.START_CONTROL_PLANE
                        || work.verb() == ClusterTask.START_DATASTORE)
                .map(work -> work.verb() == ClusterTask.ROLL_DATASTORE
                        ? work.step().expected()
                        : ClusterTask.AWAIT_ROLLOUT.typical())
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
    }
}
