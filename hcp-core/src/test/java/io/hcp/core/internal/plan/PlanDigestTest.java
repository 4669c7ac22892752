package io.hcp.core.internal.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.hcp.api.model.Component;
import io.hcp.api.model.KubernetesVersion;
import io.hcp.api.model.TenantControlPlane;
import io.hcp.api.plan.PlanKind;
import io.hcp.core.fixture.Tenants;
import io.hcp.core.internal.blueprint.EncryptionState;
import io.hcp.core.internal.blueprint.Ports;
import io.hcp.core.internal.spec.TenantRecord;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PlanDigestTest {
    private static final TenantControlPlane PLAIN = Tenants.plain("1.36.3");
    private static final TenantControlPlane WANTED = PLAIN.withNetworkProfile(n -> n.port(6443));

    private record Fact(String name, Consumer<TenantModel> move) {
        static Fact recorded(String name, UnaryOperator<TenantRecord> move) {
            return new Fact(name, model -> model.record = model.record.map(move));
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Fact> facts() {
        return Stream.of(
                Fact.recorded("spec", r -> r.withSpec(PLAIN.withKubernetesVersion("1.36.2"))),
                Fact.recorded("ports", r -> r.withPorts(new Ports(1, 2, 3, 4, 5))),
                Fact.recorded("encryption keys", r -> r.withEncryption(new EncryptionState(List.of("a"), List.of()))),
                Fact.recorded("encrypted", r -> r.withEncryption(new EncryptionState(List.of(), List.of("secrets")))),
                Fact.recorded("revision", r -> with(r, 1, r.servedVersion(), true)),
                Fact.recorded(
                        "served version",
                        r -> with(r, r.renderRevision(), Optional.of(KubernetesVersion.parse("1.36.2")), true)),
                Fact.recorded("bootstrapped", r -> with(r, r.renderRevision(), r.servedVersion(), false)),
                Fact.recorded("deleting", TenantRecord::asDeleting),
                new Fact("record", model -> model.record = Optional.empty()),
                new Fact("outdated certificates", model -> model.outdatedCertificates = List.of("etcd/peer")),
                new Fact("damaged keys", model -> model.damagedKeys = List.of("secretbox-1")),
                new Fact("authorities", model -> model.pki = false),
                new Fact("datastore", model -> model.datastore = false),
                new Fact("stopped", model -> model.running.remove(Component.KUBE_SCHEDULER)),
                new Fact("other settings", model -> model.running.put(Component.ETCD, List.of("0000000000000000"))));
    }

    @ParameterizedTest
    @MethodSource("facts")
    void digest_factThatStepsRelyOnMoved_isAnother(Fact fact) {
        TenantModel moved = TenantModel.running(PLAIN);
        fact.move.accept(moved);

        assertThat(moved.plan(WANTED).digest())
                .isNotEqualTo(TenantModel.running(PLAIN).plan(WANTED).digest());
    }

    @Test
    void digest_statusMoved_isTheSame() {
        TenantModel moved = TenantModel.running(PLAIN);
        moved.usableBytes /= 2;
        moved.took = Map.of("start kube-apiserver", Duration.ofSeconds(9));

        assertThat(moved.plan(WANTED).digest())
                .isEqualTo(TenantModel.running(PLAIN).plan(WANTED).digest())
                .matches("[0-9a-f]{16}");
        assertThat(moved.planDelete().digest())
                .isEqualTo(TenantModel.running(PLAIN).planDelete().digest());
    }

    @Test
    void digest_otherWishOrKind_isAnother() {
        TenantModel model = TenantModel.running(PLAIN);

        assertThat(Stream.of(
                                model.planned(PlanKind.APPLY, PLAIN),
                                model.planned(PlanKind.RECONCILE, PLAIN),
                                model.planned(PlanKind.APPLY, WANTED),
                                model.plannedDelete())
                        .map(planned -> planned.plan().digest()))
                .doesNotHaveDuplicates();
    }

    @Test
    void digest_diskTooFull_isAnother() {
        TenantModel full = new TenantModel();
        full.usableBytes = 0;

        assertThat(full.plan(PLAIN).digest())
                .isNotEqualTo(new TenantModel().plan(PLAIN).digest());
    }

    private static TenantRecord with(
            TenantRecord record, int revision, Optional<KubernetesVersion> served, boolean bootstrapped) {
        return new TenantRecord(
                record.spec(),
                record.ports(),
                record.encryption(),
                revision,
                served,
                bootstrapped,
                record.published(),
                record.deleting());
    }
}
