package io.hcp.core.internal.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.hcp.api.plan.PlanKind;
import io.hcp.api.progress.OperationReport;
import io.hcp.api.progress.OperationState;
import io.hcp.api.progress.StepReport;
import io.hcp.api.progress.StepState;
import io.hcp.core.internal.blueprint.TenantLayout;
import io.hcp.core.internal.gateway.JournalEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocalJournalTest {
    private static final JournalEntry BEGUN = new JournalEntry(
            report(OperationState.RUNNING, Optional.empty(), List.of(), Optional.empty()), new TreeMap<>());
    private static final JournalEntry FAILED = new JournalEntry(
            report(
                    OperationState.FAILED,
                    Optional.of(Instant.parse("2026-01-31T23:59:59.123456789Z")),
                    List.of(
                            new StepReport("start etcd", StepState.DONE, 1, Duration.ofNanos(1_234_567_890), "yes"),
                            new StepReport("wait", StepState.FAILED, 3, Duration.ZERO, "it's: \"busy\"\n  line 2 ")),
                    Optional.of("port 20001 is held by process 4711. Remedy: end it\n")),
            new TreeMap<>(Map.of("start etcd", Duration.ofMillis(1_500), "wait", Duration.ofHours(30))));

    @TempDir
    Path directory;

    private final TestLease lease = new TestLease();
    private LocalJournal journal;
    private Path file;

    private static OperationReport report(
            OperationState state, Optional<Instant> ended, List<StepReport> steps, Optional<String> problem) {
        Instant begun = Instant.parse("2026-01-31T23:50:00Z");
        return new OperationReport("op-1", PlanKind.APPLY, "0123", state, begun, ended, steps, problem);
    }

    @BeforeEach
    void makeJournal() throws IOException {
        Path tenant = Files.createDirectories(directory.resolve("acme"));
        journal = new LocalJournal("acme", new TenantLayout(tenant));
        file = tenant.resolve("journal.yaml");
    }

    @Test
    void read_nothingWritten_isEmpty() {
        assertThat(journal.read()).isEmpty();
    }

    @Test
    void write_entries_theLastIsReadBackAndPrivate() throws IOException {
        journal.write(lease, BEGUN);
        assertThat(journal.read()).contains(BEGUN);

        journal.write(lease, FAILED);

        assertThat(journal.read()).contains(FAILED);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(directory.resolve("acme")).isDirectoryNotContaining("glob:**.new");
    }

    @Test
    void write_afterAnInterruptedWrite_succeeds() throws IOException {
        Files.writeString(directory.resolve("acme/journal.yaml.new"), "half of");

        journal.write(lease, BEGUN);

        assertThat(journal.read()).contains(BEGUN);
    }

    @Test
    void write_noTenant_makesNone() throws IOException {
        Files.delete(directory.resolve("acme"));

        journal.write(lease, BEGUN);

        assertThat(directory.resolve("acme")).doesNotExist();
        assertThat(journal.read()).isEmpty();
    }

    @Test
    void write_leaseLost_isRefused() {
        TestLease.assertRefused(() -> journal.write(TestLease.lost(), BEGUN));

        assertThat(file).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\0", "operation: 1", "{", "operation: {id: x}", "future: true"})
    void read_damagedOrUnknown_isEmpty(String text) throws IOException {
        Files.writeString(file, text);

        assertThat(journal.read()).isEmpty();
    }

    @Test
    void read_stateOrFieldOfALaterVersion_isEmpty() throws IOException {
        journal.write(lease, FAILED);
        String text = Files.readString(file);

        Files.writeString(file, text.replace("state: FAILED", "state: PAUSED"));
        assertThat(journal.read()).isEmpty();
        Files.writeString(file, text + "later: 1\n");
        assertThat(journal.read()).isEmpty();
        Files.writeString(file, text.replace("2026-01-31T23:50:00Z", "yesterday"));
        assertThat(journal.read()).isEmpty();
        Files.write(file, new byte[] {'a', (byte) 0xff});
        assertThat(journal.read()).isEmpty();
    }
}
