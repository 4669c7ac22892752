package io.hcp.core.internal.plan;

import io.hcp.api.model.Component;
import io.hcp.core.internal.spec.TenantRecord;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How long the API will not answer. The API answers as long as kube-apiserver and etcd run. The gap is the longest path
 * through the steps, each as long as it is expected to take: from the first step that stops one of the two, or from the
 * beginning of the plan if one of them does not run now, to the end of the last step that starts one. Steps that stop
 * wait for all preparations, so that nothing slow lies in between.
 */
final class ApiGap {
    /** An API server that stays while etcd is restarted asks again after pauses of 1, 1.6, 2.6 seconds and so on. */
    private static final Duration RECONNECT = Duration.ofSeconds(2);

    private ApiGap() {}

    static Duration of(List<Work> works, Observed observed) {
        boolean known = observed.record().map(TenantRecord::bootstrapped).orElse(false);
        if (!known || observed.retained()) {
            return Duration.ZERO; // nobody misses it
        }
        boolean answers = !observed.running(Component.ETCD).isEmpty()
                && !observed.running(Component.KUBE_APISERVER).isEmpty();
        Map<String, Duration> ends = new HashMap<>();
        Duration gap = Duration.ZERO;
        for (Work work : works) {
            Optional<Duration> before = work.step().after().stream()
                    .filter(ends::containsKey)
                    .map(ends::get)
                    .max(Duration::compareTo);
            if (!answers || before.isPresent() || serves(work, Verb.STOP)) {
                Duration end = before.orElse(Duration.ZERO).plus(work.step().expected());
                ends.put(work.id(), end);
                gap = serves(work, Verb.START) && end.compareTo(gap) > 0 ? end : gap;
            }
        }
        boolean reconnects = works.stream().anyMatch(work -> work.is(Verb.START, Component.ETCD))
                && works.stream().noneMatch(work -> work.is(Verb.START, Component.KUBE_APISERVER));
        return reconnects ? gap.plus(RECONNECT) : gap;
    }

    private static boolean serves(Work work, Verb verb) {
        return work.is(verb, Component.ETCD) || work.is(verb, Component.KUBE_APISERVER);
    }
}
