package io.hcp.core.internal.journal;

import io.hcp.api.plan.PlanKind;
import io.hcp.api.progress.OperationReport;
import io.hcp.api.progress.OperationState;
import io.hcp.api.progress.StepReport;
import io.hcp.api.progress.StepState;
import io.hcp.core.internal.gateway.JournalEntry;
import io.hcp.core.internal.spec.form.Codecs;
import io.hcp.core.internal.spec.form.Field;
import io.hcp.core.internal.spec.form.Many;
import io.hcp.core.internal.spec.form.ObjectForm;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The fields of a tenant's journal. */
public final class JournalForm {
    private static final ObjectForm<StepReport, StepDraft> STEP = new ObjectForm<>(
            StepDraft::new,
            StepDraft::build,
            List.of(
                    Field.required("id", Codecs.TEXT, StepReport::id, (draft, id) -> draft.id = id),
                    Field.required(
                            "state",
                            Codecs.oneOf(StepState.values()),
                            StepReport::state,
                            (draft, state) -> draft.state = state),
                    Field.required(
                            "attempts",
                            Codecs.INTEGER,
                            StepReport::attempts,
                            (draft, attempts) -> draft.attempts = attempts),
                    Field.required("took", Codecs.DURATION, StepReport::took, (draft, took) -> draft.took = took),
                    Field.required(
                            "evidence",
                            Codecs.TEXT,
                            StepReport::evidence,
                            (draft, evidence) -> draft.evidence = evidence)));

    private static final ObjectForm<OperationReport, OperationDraft> OPERATION = new ObjectForm<>(
            OperationDraft::new,
            OperationDraft::build,
            List.of(
                    Field.required("id", Codecs.TEXT, OperationReport::id, (draft, id) -> draft.id = id),
                    Field.required(
                            "kind",
                            Codecs.oneOf(PlanKind.values()),
                            OperationReport::kind,
                            (draft, kind) -> draft.kind = kind),
                    Field.required(
                            "digest", Codecs.TEXT, OperationReport::digest, (draft, digest) -> draft.digest = digest),
                    Field.required(
                            "state",
                            Codecs.oneOf(OperationState.values()),
                            OperationReport::state,
                            (draft, state) -> draft.state = state),
                    Field.required(
                            "begun", Codecs.INSTANT, OperationReport::begun, (draft, begun) -> draft.begun = begun),
                    Field.optional(
                            "ended",
                            Codecs.INSTANT,
                            OperationReport::ended,
                            (draft, ended) -> draft.ended = Optional.of(ended)),
                    Field.many("steps", Many.list(STEP), OperationReport::steps, (draft, steps) -> draft.steps = steps),
                    Field.optional(
                            "problem",
                            Codecs.TEXT,
                            OperationReport::problem,
                            (draft, problem) -> draft.problem = Optional.of(problem))));

    /** The whole journal. */
    public static final ObjectForm<JournalEntry, EntryDraft> ENTRY = new ObjectForm<>(
            EntryDraft::new,
            EntryDraft::build,
            List.of(
                    Field.required(
                            "operation",
                            OPERATION,
                            JournalEntry::operation,
                            (draft, operation) -> draft.operation = Optional.of(operation)),
                    Field.map("took", Codecs.DURATION, JournalEntry::took, (draft, took) -> draft.took = took)));

    private JournalForm() {}

    /** A journal that is being read. */
    public static final class EntryDraft {
        private Optional<OperationReport> operation = Optional.empty();
        private Map<String, Duration> took = Map.of();

        private JournalEntry build() {
            return new JournalEntry(operation.orElseThrow(), new TreeMap<>(took));
        }
    }

    private static final class OperationDraft {
        private String id = "";
        private PlanKind kind = PlanKind.APPLY;
        private String digest = "";
        private OperationState state = OperationState.RUNNING;
        private Instant begun = Instant.EPOCH;
        private Optional<Instant> ended = Optional.empty();
        private List<StepReport> steps = List.of();
        private Optional<String> problem = Optional.empty();

        private OperationReport build() {
            return new OperationReport(id, kind, digest, state, begun, ended, steps, problem);
        }
    }

    private static final class StepDraft {
        private String id = "";
        private StepState state = StepState.WAITING;
        private int attempts;
        private Duration took = Duration.ZERO;
        private String evidence = "";

        private StepReport build() {
            return new StepReport(id, state, attempts, took, evidence);
        }
    }
}
