package io.hcp.testbed.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hcp.api.error.ErrorKind;
import io.hcp.api.error.HcpException;
import io.hcp.api.model.DeletionPolicy;
import io.hcp.api.model.TenantControlPlane;
import io.hcp.testbed.fake.Call;
import io.hcp.testbed.fake.FakeMachine;
import io.hcp.testbed.fake.FakeWorld;
import io.hcp.testbed.fake.Fault;
import io.hcp.testbed.fake.HotLoopDetector;
import io.hcp.testbed.fake.TenantState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What fails all the time is tried a few times, with pauses, and then told. */
class CalmTest {
    private static final TenantControlPlane ACME = TenantControlPlane.builder()
            .name("acme")
            .kubernetesVersion("1.36.3")
            .build();
    private static final int STEP_ATTEMPTS = 5;
    private static final int PLANS = 5;

    private final FakeWorld world = Scenario.world();
    private final FakeMachine machine = world.machine();

    @ParameterizedTest
    @EnumSource(names = {"IO", "TIMEOUT", "TENANT_API", "CONFLICT", "LOCKED", "PORT_BUSY"})
    void apply_everyWriteFails_isToldSoonAndCalmly(ErrorKind kind) {
        machine.faults(call -> fails(call) ? Fault.refused(kind) : Fault.none());
        try (Jvm jvm = Jvm.on(machine)) {
            assertThatExceptionOfType(HcpException.class)
                    .isThrownBy(() -> new Ask.Apply(ACME).make(jvm.hcp()))
                    .satisfies(e -> assertThat(e.kind()).isEqualTo(kind));
        }
        assertThat(machine.calls().get("records.write")).isLessThanOrEqualTo(STEP_ATTEMPTS * PLANS);
        assertThat(world.state("acme").record()).isEmpty();
    }

    private static boolean fails(Call call) {
        return call.write() && !call.name().equals("journal.write");
    }

    @Test
    void apply_componentNeverServes_isToldAfterItsLimitAndCalmly() {
        machine.faults(
                call -> call.name().equals("processes.isServing") ? Fault.refused(ErrorKind.TENANT_API) : Fault.none());
        try (Jvm jvm = Jvm.on(machine)) {
            assertThatThrownBy(() -> new Ask.Apply(ACME).make(jvm.hcp())).isInstanceOf(HcpException.class);
        }
        assertThat(machine.calls().get("processes.isServing")).isLessThanOrEqualTo(STEP_ATTEMPTS);
    }

    @Test
    void delete_descriptionCannotBeRead_isToldAndRemovesNothing() {
        try (Jvm jvm = Jvm.on(world)) {
            new Ask.Apply(ACME.withLifecycle(l -> l.deletionPolicy(DeletionPolicy.RETAIN))).make(jvm.hcp());
        }
        TenantState before = world.state("acme");
        machine.faults(call -> call.name().equals("records.read") ? Fault.refused(ErrorKind.IO) : Fault.none());
        try (Jvm jvm = Jvm.on(machine)) {
            assertThatExceptionOfType(HcpException.class)
                    .isThrownBy(() -> new Ask.Delete("acme").make(jvm.hcp()))
                    .withMessageContaining("records.read of tenant \"acme\" failed");
        }
        assertThat(world.state("acme")).isEqualTo(before);
    }

    @Test
    void plan_madeAllTheTime_isNoticed() {
        assertThatCode(machine.detector()::assertCalm).doesNotThrowAnyException();
        Jvm jvm = Jvm.on(machine);
        for (int number = 0; number <= HotLoopDetector.LIMIT; number++) {
            assertThat(jvm.hcp().plan(ACME).isEmpty()).isFalse();
        }
        assertThatThrownBy(jvm::close)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("records.read of tenant \"acme\": ");
    }
}
