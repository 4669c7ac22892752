package io.hcp.testbed.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.hcp.api.error.ErrorKind;
import io.hcp.api.plan.PlanKind;
import io.hcp.api.progress.OperationReport;
import io.hcp.api.progress.OperationState;
import io.hcp.api.progress.StepReport;
import io.hcp.api.progress.StepState;
import io.hcp.core.internal.gateway.Journal;
import io.hcp.core.internal.gateway.JournalEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What {@link Journal} promises. */
public abstract class JournalContract extends GatewayContract {
    private static final Instant BEGUN = Instant.parse("2026-11-23T08:00:00.123Z");

    @Test
    void read_tenantWithoutJournal_isEmpty() {
        assertThat(journal().read()).isEmpty();
    }

    @Test
    void write_tenantThatLeftNothing_doesNotMakeATenant() {
        journal().write(lease(), running());
        assertThat(journal().read()).isEmpty();
        assertThat(gateways().storage().exists()).isFalse();
        assertThat(subject().machine().tenants()).doesNotContain(subject().name());
    }

    @Test
    void write_operationUnderWay_isReadAsItWasWritten() {
        makeTenant();
        journal().write(lease(), running());
        assertThat(journal().read()).contains(running());
    }

    @Test
    void write_another_replacesTheLastOne() {
        makeTenant();
        journal().write(lease(), running());
        journal().write(lease(), failed());
        assertThat(journal().read()).contains(failed());
    }

    @Test
    void write_same_changesNothing() {
        makeTenant();
        journal().write(lease(), failed());
        journal().write(lease(), failed());
        assertThat(journal().read()).contains(failed());
    }

    @Test
    void write_leaseLost_isRefusedAndNothingIsWritten() {
        makeTenant();
        assertFails(ErrorKind.LOCKED, () -> journal().write(lost(), running()));
        assertThat(journal().read()).isEmpty();
    }

    @Test
    void remove_tenantWithJournal_removesTheJournal() {
        makeTenant();
        journal().write(lease(), running());
        removeAll();
        assertThat(journal().read()).isEmpty();
    }

    private void makeTenant() {
        gateways().records().write(lease(), subject().record(), Optional.empty());
    }

    private static JournalEntry running() {
        OperationReport report = new OperationReport(
                "op-1",
                PlanKind.APPLY,
                "0123456789abcdef",
                OperationState.RUNNING,
                BEGUN,
                Optional.empty(),
                List.of(new StepReport("record description", StepState.RUNNING, 1, Duration.ZERO, "")),
                Optional.empty());
        return new JournalEntry(report, new TreeMap<>());
    }

    private static JournalEntry failed() {
        OperationReport report = new OperationReport(
                "op-2",
                PlanKind.DELETE,
                "",
                OperationState.FAILED,
                BEGUN,
                Optional.of(BEGUN.plusMillis(1_500)),
                List.of(
                        new StepReport(
                                "stop etcd", StepState.DONE, 2, Duration.ofMillis(1_234), "no process: \"etcd\""),
                        new StepReport("remove data", StepState.FAILED, 3, Duration.ofSeconds(70), "line 1\nline 2")),
                Optional.of("it failed. Remedy: look at what's wrong, and: try again"));
        return new JournalEntry(report, new TreeMap<>(Map.of("stop etcd", Duration.ofMillis(1_234))));
    }

    private Journal journal() {
        return gateways().journal();
    }
}
