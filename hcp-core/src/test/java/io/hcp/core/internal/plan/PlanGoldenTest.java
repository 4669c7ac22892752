package io.hcp.core.internal.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.hcp.api.model.AuditLevel;
import io.hcp.api.model.AuditPolicy;
import io.hcp.api.model.Component;
import io.hcp.api.model.DeletionPolicy;
import io.hcp.api.model.EncryptionProvider;
import io.hcp.api.model.JwtIssuer;
import io.hcp.api.model.KeyAlgorithm;
import io.hcp.api.model.TenantControlPlane;
import io.hcp.api.plan.Plan;
import io.hcp.api.plan.PlanKind;
import io.hcp.core.fixture.Goldens;
import io.hcp.core.fixture.Tenants;
import io.hcp.core.internal.spec.TenantRecord;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Plans as their readers see them: a golden file for each pair of an old and a new description, and for each situation. */
class PlanGoldenTest {
    private static final TenantControlPlane PLAIN = Tenants.plain("1.36.3");
    private static final TenantControlPlane RICH = Tenants.rich("1.36.3");
    private static final TenantControlPlane KEPT = PLAIN.withLifecycle(l -> l.deletionPolicy(DeletionPolicy.RETAIN));
    private static final TenantControlPlane ENCRYPTED = PLAIN.withKubernetes(k -> k.encryptionAtRest(e -> {}));
    private static final TenantControlPlane AUDITED =
            PLAIN.withKubernetes(k -> k.auditPolicy(p -> p.addRule(rule -> rule.level(AuditLevel.METADATA))));
    private static final JwtIssuer ISSUER = JwtIssuer.builder()
            .url("https://login.example.com")
            .addAudience("acme")
            .username(u -> u.claim("sub").prefix("oidc:"))
            .build();

    private record Pair(String name, TenantControlPlane before, TenantControlPlane after) {
        static Pair of(String name, TenantControlPlane before, UnaryOperator<TenantControlPlane> change) {
            return new Pair(name, before, change.apply(before));
        }

        @Override
        public String toString() {
            return name;
        }
    }

    private record Situation(String name, Plan plan) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Pair> pairs() {
        return Stream.of(components(), kubernetes(), encryption(), rest()).flatMap(pairs -> pairs);
    }

    private static Stream<Pair> components() {
        TenantControlPlane verbose = PLAIN.withControlPlane(
                c -> c.apiServer(a -> a.putExtraArg("v", "2").putExtraArg("max-requests-inflight", "800")));
        return Stream.of(
                new Pair("nothing", PLAIN, PLAIN),
                new Pair("nothing-of-much", RICH, RICH),
                Pair.of("version-patch", PLAIN, t -> t.withKubernetesVersion("1.36.4")),
                Pair.of("version-minor", Tenants.plain("1.35.4"), t -> t.withKubernetesVersion("1.36.3")),
                Pair.of(
                        "version-and-flags",
                        RICH,
                        t -> t.withKubernetesVersion("1.37.0")
                                .withControlPlane(c -> c.scheduler(s -> s.putExtraArg("v", "4")))),
                Pair.of(
                        "flag-of-api-server",
                        PLAIN,
                        t -> t.withControlPlane(c -> c.apiServer(a -> a.putExtraArg("max-requests-inflight", "800")))),
                Pair.of(
                        "flag-of-controller-manager",
                        PLAIN,
                        t -> t.withControlPlane(
                                c -> c.controllerManager(m -> m.putExtraArg("node-monitor-period", "7s")))),
                Pair.of(
                        "flag-of-scheduler",
                        PLAIN,
                        t -> t.withControlPlane(c -> c.scheduler(s -> s.putExtraArg("v", "4")))),
                Pair.of(
                        "flags-changed-and-removed",
                        verbose,
                        t -> t.withControlPlane(c -> c.apiServer(a -> a.extraArgs(Map.of("v", "4"))))),
                Pair.of(
                        "flags-of-clients",
                        PLAIN,
                        t -> t.withControlPlane(c -> c.controllerManager(m -> m.putExtraArg("v", "4"))
                                .scheduler(s -> s.putExtraArg("v", "4")))),
                Pair.of("etcd-quota", PLAIN, t -> t.withDataStore(d -> d.etcd(e -> e.quotaBackendBytes("8Gi")))),
                Pair.of(
                        "etcd-timing",
                        PLAIN,
                        t -> t.withDataStore(d -> d.etcd(e -> e.heartbeatInterval(Duration.ofMillis(250))
                                .electionTimeout(Duration.ofMillis(2_500))))),
                Pair.of("etcd-snapshots", PLAIN, t -> t.withDataStore(d -> d.etcd(e -> e.snapshotCount(5_000)))),
                Pair.of(
                        "etcd-flag",
                        PLAIN,
                        t -> t.withDataStore(d -> d.etcd(e -> e.putExtraArg("max-request-bytes", "3145728")))),
                Pair.of(
                        "etcd-and-api-server",
                        PLAIN,
                        t -> t.withDataStore(d -> d.etcd(e -> e.quotaBackendBytes("8Gi")))
                                .withControlPlane(c -> c.apiServer(a -> a.putExtraArg("v", "2")))));
    }

    private static Stream<Pair> kubernetes() {
        TenantControlPlane trusting = PLAIN.withKubernetes(k -> k.addJwtIssuers(ISSUER));
        return Stream.of(
                Pair.of("gate-of-all", PLAIN, t -> t.withKubernetes(k -> k.putFeatureGate("HPAScaleToZero", true))),
                Pair.of(
                        "gate-of-two",
                        PLAIN,
                        t -> t.withKubernetes(
                                k -> k.putFeatureGate("ControllerManagerReleaseLeaderElectionLockOnExit", true))),
                Pair.of("gate-of-etcd", PLAIN, t -> t.withKubernetes(k -> k.putFeatureGate("CompactHashCheck", true))),
                Pair.of(
                        "admission-plugins",
                        PLAIN,
                        t -> t.withKubernetes(k -> k.admissionPlugins(
                                p -> p.addEnabled("AlwaysPullImages").addDisabled("DefaultStorageClass")))),
                Pair.of("audit-on", PLAIN, t -> AUDITED),
                Pair.of(
                        "audit-emptied",
                        AUDITED,
                        t -> t.withKubernetes(
                                k -> k.auditPolicy(AuditPolicy.builder().build()))),
                Pair.of(
                        "audit-rules",
                        AUDITED,
                        t -> t.withKubernetes(k -> k.auditPolicy(p -> p.addRule(
                                        rule -> rule.level(AuditLevel.NONE).addVerb("watch"))
                                .addRule(rule -> rule.level(AuditLevel.METADATA))))),
                Pair.of("audit-off", AUDITED, t -> PLAIN),
                Pair.of("issuer-added", PLAIN, t -> trusting),
                Pair.of(
                        "issuer-changed",
                        trusting,
                        t -> t.withKubernetes(k -> k.jwtIssuers(List.of(ISSUER.withAudiences("acme", "acme-ci"))))),
                Pair.of("issuer-removed", trusting, t -> PLAIN));
    }

    private static Stream<Pair> encryption() {
        return Stream.of(
                Pair.of("encryption-on", PLAIN, t -> ENCRYPTED),
                Pair.of(
                        "encryption-of-more",
                        ENCRYPTED,
                        t -> t.withKubernetes(k -> k.encryptionAtRest(e -> e.addResources("secrets", "configmaps")))),
                Pair.of(
                        "encryption-exchanged",
                        ENCRYPTED,
                        t -> t.withKubernetes(k -> k.encryptionAtRest(e -> e.provider(EncryptionProvider.AESGCM)))),
                Pair.of("encryption-off", ENCRYPTED, t -> PLAIN));
    }

    private static Stream<Pair> rest() {
        return Stream.of(
                Pair.of(
                        "names",
                        PLAIN,
                        t -> t.withNetworkProfile(n -> n.addCertSans("api.acme.example", "192.0.2.10"))),
                Pair.of("port", PLAIN, t -> t.withNetworkProfile(n -> n.port(6443))),
                Pair.of("address", PLAIN, t -> t.withNetworkProfile(n -> n.address("192.0.2.7"))),
                Pair.of("dns-service", PLAIN, t -> t.withNetworkProfile(n -> n.dnsServiceIps("10.96.0.53"))),
                Pair.of("key-algorithm", PLAIN, t -> t.withPki(p -> p.keyAlgorithm(KeyAlgorithm.RSA_4096))),
                Pair.of("leaf-validity", PLAIN, t -> t.withPki(p -> p.leafValidity(Duration.ofDays(30)))),
                Pair.of("deletion-policy", PLAIN, t -> KEPT),
                Pair.of(
                        "port-and-names",
                        RICH,
                        t -> t.withNetworkProfile(n -> n.port(7443).certSans(List.of("api.rich.example")))));
    }

    static Stream<Situation> situations() {
        return Stream.of(
                new Situation("new-plain", new TenantModel().plan(PLAIN)),
                new Situation("new-rich", new TenantModel().plan(RICH)),
                new Situation("new-without-space", without(0)),
                new Situation("drift-all-gone", drift(Component.values()).plan()),
                new Situation(
                        "drift-api-server-gone", drift(Component.KUBE_APISERVER).plan()),
                new Situation("drift-etcd-gone", drift(Component.ETCD).plan()),
                new Situation(
                        "drift-scheduler-gone", drift(Component.KUBE_SCHEDULER).plan()),
                new Situation("measured-before", measured()),
                new Situation("delete", TenantModel.running(PLAIN).planDelete()),
                new Situation("delete-retaining", TenantModel.running(KEPT).planDelete()),
                new Situation("delete-without-record", withoutRecord()),
                new Situation("bring-back", deleted().plan(KEPT)),
                new Situation(
                        "bring-back-changed",
                        deleted()
                                .plan(KEPT.withKubernetesVersion("1.36.4")
                                        .withLifecycle(l -> l.deletionPolicy(Optional.empty())))),
                new Situation("obstacles", obstructed()),
                new Situation("deleting", deleting()));
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void apply_pair_readsAsItShould(Pair pair) {
        TenantModel model = TenantModel.running(pair.before);
        PlannedWork planned = model.planned(PlanKind.APPLY, pair.after);

        matches(pair.name, planned.plan());
        model.carryOut(pair.after, planned.works());
        assertThat(model.plan(pair.after).isEmpty()).isTrue();
    }

    @ParameterizedTest
    @MethodSource("situations")
    void plan_situation_readsAsItShould(Situation situation) {
        matches(situation.name, situation.plan);
    }

    @Test
    void pairs_number_isWhatIsPromised() {
        assertThat(pairs().map(Pair::name)).hasSizeGreaterThanOrEqualTo(30).doesNotHaveDuplicates();
    }

    private static PlannedWork drift(Component... gone) {
        TenantModel model = TenantModel.running(PLAIN);
        model.running.keySet().removeAll(List.of(gone));
        return model.planned(PlanKind.RECONCILE, PLAIN);
    }

    private static Plan without(long space) {
        TenantModel model = new TenantModel();
        model.usableBytes = space;
        return model.plan(PLAIN);
    }

    private static Plan measured() {
        TenantModel model = TenantModel.running(PLAIN);
        model.took = Map.of("start kube-apiserver", Duration.ofMillis(3_217), "start etcd", Duration.ofMillis(412));
        return model.plan(PLAIN.withKubernetesVersion("1.36.4"));
    }

    private static Plan withoutRecord() {
        TenantModel model = TenantModel.running(KEPT);
        model.record = Optional.empty();
        return model.planDelete();
    }

    private static TenantModel deleted() {
        TenantModel model = TenantModel.running(KEPT);
        model.carryOut(KEPT, model.plannedDelete().works());
        return model;
    }

    private static Plan obstructed() {
        TenantModel model = TenantModel.running(ENCRYPTED);
        model.pki = false;
        model.damagedKeys = List.of("secretbox-1");
        return model.plan(ENCRYPTED.withKubernetesVersion("1.36.4"));
    }

    private static Plan deleting() {
        TenantModel model = TenantModel.running(PLAIN);
        model.record = model.record.map(TenantRecord::asDeleting);
        return model.plan(PLAIN.withNetworkProfile(n -> n.port(6443)));
    }

    private static void matches(String name, Plan plan) {
        assertThat(plan.toString().lines())
                .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(110));
        Goldens.assertMatches(PlanGoldenTest.class, "golden/" + name, plan.toString());
    }
}
