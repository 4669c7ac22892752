package io.hcp.core.internal.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hcp.api.error.ErrorKind;
import io.hcp.api.error.HcpException;
import io.hcp.api.plan.PlanKind;
import io.hcp.api.progress.OperationReport;
import io.hcp.api.progress.OperationState;
import io.hcp.api.progress.StepReport;
import io.hcp.api.progress.StepState;
import io.hcp.core.fixture.VirtualTime;
import io.hcp.core.internal.cluster.form.ClusterObject;
import io.hcp.core.internal.cluster.form.Kind;
import io.hcp.core.internal.cluster.gateway.ClusterObjects;
import io.hcp.core.internal.cluster.gateway.Nodes;
import io.hcp.core.internal.cluster.gateway.Pods;
import io.hcp.core.internal.cluster.gateway.Presence;
import io.hcp.core.internal.cluster.gateway.UnderCluster;
import io.hcp.core.internal.cluster.gateway.Watcher;
import io.hcp.core.internal.gateway.JournalEntry;
import io.hcp.core.internal.gateway.Lease;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ClusterJournalTest {
    private static final Lease LEASE = new Lease() {
        @Override
        public String tenant() {
            return "acme";
        }

        @Override
        public boolean isHeld() {
            return true;
        }

        @Override
        public void close() {}
    };

    private final VirtualTime time = new VirtualTime();
    private final Place place = new Place();
    private final TenantResource resource = new TenantResource("acme", place, time);
    private final ClusterJournal journal = new ClusterJournal(resource, place, time);

    @BeforeEach
    void read() {
        assertThat(resource.read()).isPresent();
    }

    /** One object, what was stored of it when, and what is to be done later. */
    private final class Place implements UnderCluster, ClusterObjects {
        private final List<String> stored = new ArrayList<>();
        private final TreeMap<Long, Runnable> later = new TreeMap<>();
        private ClusterObject object = ClusterObject.named(Kind.TENANT, "tenants", "acme");
        private int failures;

        private void pass(Duration duration) {
            long end = time.nanoTime() + duration.toNanos();
            while (!later.isEmpty() && later.firstKey() <= end) {
                Map.Entry<Long, Runnable> next = later.pollFirstEntry();
                time.advance(Duration.ofNanos(Math.max(0, next.getKey() - time.nanoTime())));
                next.getValue().run();
            }
            time.advance(Duration.ofNanos(end - time.nanoTime()));
        }

        @Override
        public Following follow(Watcher watcher) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Presence announce(Runnable rearranged) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Map<String, String> instances() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void later(Duration delay, Runnable work) {
            long due = time.nanoTime() + delay.toNanos();
            while (later.containsKey(due)) {
                due++;
            }
            later.put(due, work);
        }

        @Override
        public ClusterObject replaceStatus(Lease lease, ClusterObject changed) {
            if (failures > 0) {
                failures--;
                throw new HcpException(ErrorKind.IO, "no connection", "try again");
            }
            object = changed;
            stored.add(Duration.ofNanos(time.nanoTime()).toMillis() + " "
                    + changed.text("status", "phase").orElse("") + " "
                    + changed.text("status", "step").orElse(""));
            return changed;
        }

        @Override
        public Optional<String> evict(Lease lease, ClusterObject pod) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Optional<ClusterObject> get(Kind kind, String name) {
            return Optional.of(object);
        }

        @Override
        public String name() {
            return "here";
        }

        @Override
        public String namespace() {
            return "tenants";
        }

        @Override
        public ClusterObjects objects() {
            return this;
        }

        @Override
        public Nodes nodes() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Pods pods() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Lease acquire(String tenant) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Optional<String> holder(String tenant) {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<ClusterObject> list(Kind kind, Map<String, String> labels) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Optional<ClusterObject> await(
                Kind kind, String name, Duration limit, Predicate<Optional<ClusterObject>> condition) {
            throw new UnsupportedOperationException();
        }

        @Override
        public ClusterObject create(Lease lease, ClusterObject fresh) {
            assertThat(fresh.kind()).isEqualTo(Kind.EVENT);
            return fresh;
        }

        @Override
        public ClusterObject apply(Lease lease, ClusterObject fields) {
            throw new UnsupportedOperationException();
        }

        @Override
        public ClusterObject replace(Lease lease, ClusterObject changed) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void delete(Lease lease, ClusterObject gone) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void close() {}
    }

    private void write(String operation, OperationState state, String step, StepState stepState) {
        StepReport report = new StepReport(step, stepState, 1, Duration.ZERO, "");
        journal.write(
                LEASE,
                new JournalEntry(
                        new OperationReport(
                                operation,
                                PlanKind.APPLY,
                                "",
                                state,
                                Instant.EPOCH,
                                Optional.empty(),
                                List.of(report),
                                Optional.empty()),
                        new TreeMap<>()));
    }

    private void running(String step) {
        write("first", OperationState.RUNNING, step, StepState.RUNNING);
    }

    private static Finding finding(String reason) {
        return new Finding(reason, "something is wrong", "mend it");
    }

    @Test
    void write_quickSteps_areToldOnceTheyAreOver() {
        running("a");
        place.pass(Duration.ofMillis(600));
        running("b");
        place.pass(Duration.ofMillis(600));
        running("c");
        place.pass(Duration.ofMillis(1_999));
        assertThat(place.stored).isEmpty();
        place.pass(Duration.ofMillis(1));
        assertThat(place.stored).containsExactly("3200 Progressing c");
    }

    @Test
    void write_manySteps_areNeverToldLaterThanFiveSeconds() {
        for (int i = 0; i < 40; i++) {
            running("step-" + i);
            place.pass(Duration.ofMillis(500));
        }
        assertThat(place.stored)
                .containsExactly(
                        "5000 Progressing step-9",
                        "10000 Progressing step-19",
                        "15000 Progressing step-29",
                        "20000 Progressing step-39");
    }

    @Test
    void write_longStepThenTheEnd_isToldTwice() {
        running("a");
        place.pass(Duration.ofSeconds(10));
        running("b");
        place.pass(Duration.ofMillis(4_900));
        write("first", OperationState.DONE, "b", StepState.DONE);
        place.pass(Duration.ofMinutes(1));
        assertThat(place.stored).containsExactly("2000 Progressing a", "14900 Ready ");
    }

    @Test
    void write_failureOfAStep_isToldAtOnce() {
        running("a");
        write("first", OperationState.RUNNING, "a", StepState.FAILED);
        assertThat(place.stored).hasSize(1);
        write("first", OperationState.RUNNING, "a", StepState.FAILED);
        assertThat(place.stored).hasSize(1);
    }

    @Test
    void note_newObstacle_isToldAtOnceAndOnce() {
        running("a");
        journal.note(facts -> facts.withWaiting(Optional.of(finding("ImageUnavailable"))));
        assertThat(place.stored).hasSize(1);
        assertThat(place.object.tree().toString()).contains("ImageUnavailable").contains("Remedy: mend it");
        journal.note(facts -> facts.withWaiting(Optional.of(finding("ImageUnavailable"))));
        journal.note(facts -> facts.withEndpoint("https://192.0.2.1:6443"));
        assertThat(place.stored).hasSize(1);
        journal.note(facts -> facts.withWaiting(Optional.of(finding("PodNotScheduled"))));
        assertThat(place.stored).hasSize(2);
    }

    @Test
    void write_failed_isDoneLater() {
        place.failures = 1;
        running("a");
        place.pass(Duration.ofMillis(2_500));
        assertThat(place.stored).isEmpty();
        place.pass(Duration.ofSeconds(2));
        assertThat(place.stored).containsExactly("4000 Progressing a");
    }

    /** Whether somebody is still at work is asked by reading twice. */
    @Test
    void read_operationOfAnotherUnderWay_isReadAnewEachTime() {
        running("a");
        place.pass(Duration.ofSeconds(3));
        ClusterObject under = place.object;
        write("first", OperationState.DONE, "a", StepState.DONE);
        ClusterObject done = place.object;
        place.object = under;
        ClusterJournal other = new ClusterJournal(new TenantResource("acme", place, time), place, time);
        assertThat(other.read().orElseThrow().operation().state()).isEqualTo(OperationState.RUNNING);
        place.object = done;
        assertThat(other.read().orElseThrow().operation().state()).isEqualTo(OperationState.DONE);
    }

    @Test
    void write_endFailed_isThrownAndDoneLater() {
        place.failures = 1;
        running("a");
        assertThatThrownBy(() -> write("first", OperationState.DONE, "a", StepState.DONE))
                .hasMessageContaining("no connection");
        assertThat(journal.read().orElseThrow().operation().state()).isEqualTo(OperationState.DONE);
        place.pass(Duration.ofSeconds(5));
        assertThat(place.stored).hasSize(1).allSatisfy(text -> assertThat(text).contains("Ready"));
    }

    @Test
    void write_nextOperation_doesNotTellWhatWasFoundInTheLast() {
        running("a");
        journal.note(facts -> facts.withPublished("https://192.0.2.1:6443"));
        journal.note(facts -> facts.withWaiting(Optional.of(finding("NoAddress"))));
        write("first", OperationState.FAILED, "a", StepState.FAILED);
        place.object = place.object.with("https://192.0.2.2:6443", "status", "published"); // by another process
        assertThat(resource.read()).isPresent();
        write("second", OperationState.DONE, "a", StepState.DONE);
        assertThat(place.object.tree().toString()).contains("192.0.2.2").doesNotContain("NoAddress");
    }
}
