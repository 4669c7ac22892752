package io.hcp.testbed.engine;

import io.hcp.api.model.Component;
import io.hcp.api.model.DeletionPolicy;
import io.hcp.api.model.TenantControlPlane;
import io.hcp.testbed.fake.FakeWorld;
import io.hcp.testbed.fake.VirtualTime;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/**
 * Something that is asked for in a certain situation.
 *
 * @param name tells scenarios apart
 * @param before what was asked for before
 * @param drift what happened then
 * @param ask what is asked for
 */
record Scenario(String name, List<Ask> before, Consumer<FakeWorld> drift, Ask ask) {
    static final String TENANT = "acme";
    static final int HISTORY = 12;

    private static final FakeWorld STOCK = new FakeWorld();
    private static final String ID = "t234bcdfghjkmnpq";
    private static final TenantControlPlane UNNAMED = TenantControlPlane.builder()
            .name(TENANT)
            .kubernetesVersion("1.35.4")
            .build();
    private static final TenantControlPlane ACME = UNNAMED.withTenantId(ID);
    private static final TenantControlPlane KEPT = ACME.withLifecycle(l -> l.deletionPolicy(DeletionPolicy.RETAIN));
    private static final TenantControlPlane ENCRYPTED = ACME.withKubernetes(k -> k.encryptionAtRest(e -> {}));

    /** Making tenants, and each sort of change of one. */
    static List<Scenario> updates() {
        return List.of(
                new Scenario("create", List.of(), world -> {}, new Ask.Apply(ACME)),
                new Scenario("create with an id to be drawn", List.of(), world -> {}, new Ask.Apply(UNNAMED)),
                new Scenario("create with a port and encryption", List.of(), world -> {}, several(ENCRYPTED)),
                update("one flag", ACME.withControlPlane(c -> c.scheduler(s -> s.putExtraArg("v", "4")))),
                update("etcd", ACME.withDataStore(d -> d.etcd(e -> e.snapshotCount(5_000)))),
                update("names", ACME.withNetworkProfile(n -> n.addCertSan("api.example"))),
                update("version", ACME.withKubernetesVersion("1.36.3")),
                update("encryption", ENCRYPTED),
                update("port", ACME.withNetworkProfile(n -> n.port(7_443))),
                update("key algorithm", ACME.withPki(p -> p.leafValidity(Duration.ofDays(30)))),
                new Scenario("several", List.of(new Ask.Apply(ACME)), world -> {}, several(ENCRYPTED)));
    }

    private static Scenario update(String name, TenantControlPlane changed) {
        return new Scenario(name, List.of(new Ask.Apply(ACME)), world -> {}, new Ask.Apply(changed));
    }

    private static Ask several(TenantControlPlane tenant) {
        return new Ask.Apply(tenant.withKubernetesVersion("1.36.3")
                .withNetworkProfile(n -> n.port(7_443).addCertSan("api.example"))
                .withDataStore(d -> d.etcd(e -> e.snapshotCount(5_000)))
                .withControlPlane(c -> c.controllerManager(m -> m.putExtraArg("v", "3"))));
    }

    /** Removing tenants. */
    static List<Scenario> deletions() {
        return List.of(
                new Scenario("delete", List.of(new Ask.Apply(ENCRYPTED)), world -> {}, new Ask.Delete(TENANT)),
                new Scenario("put aside", List.of(new Ask.Apply(KEPT)), world -> {}, new Ask.Delete(TENANT)),
                new Scenario(
                        "finish a deletion",
                        List.of(new Ask.Apply(KEPT)),
                        Scenario::interruptDeletion,
                        new Ask.Reconcile(TENANT)));
    }

    private static void interruptDeletion(FakeWorld world) {
        try (Jvm jvm = Jvm.on(world.machine().crashAfterWrites(2))) {
            CrashEnumerationTest.tryOnce(new Ask.Delete(TENANT), jvm);
        }
    }

    /** Bringing tenants back to what they were. */
    static List<Scenario> returns() {
        List<Ask> aside = List.of(new Ask.Apply(KEPT), new Ask.Delete(TENANT));
        return List.of(
                new Scenario("bring back", aside, world -> {}, new Ask.Apply(KEPT)),
                new Scenario(
                        "bring back otherwise",
                        aside,
                        world -> {},
                        new Ask.Apply(KEPT.withNetworkProfile(n -> n.addCertSan("api.example"))
                                .withKubernetes(k -> k.encryptionAtRest(e -> {})))),
                new Scenario(
                        "reconcile", List.of(new Ask.Apply(ENCRYPTED)), Scenario::letDrift, new Ask.Reconcile(TENANT)));
    }

    private static void letDrift(FakeWorld world) {
        world.outside().kill(TENANT, Component.ETCD);
        world.outside().startForeign(TENANT, Component.KUBE_SCHEDULER, "foreign");
        world.outside().removeCertificates(TENANT, "apiserver", "scheduler");
    }

    /** Makes a world as it is before the question. The same each time, but for the order of what happens in parallel. */
    FakeWorld prepared() {
        FakeWorld world = world();
        if (!before.isEmpty()) {
            try (Jvm jvm = Jvm.on(world)) {
                before.forEach(earlier -> earlier.make(jvm.hcp()));
            }
        }
        drift.accept(world);
        return world;
    }

    static FakeWorld world() {
        return new FakeWorld(new VirtualTime(), 1).keepHistory(HISTORY).authoritiesOf(STOCK);
    }
}
