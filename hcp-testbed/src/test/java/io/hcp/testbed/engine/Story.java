package io.hcp.testbed.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.hcp.api.error.ErrorKind;
import io.hcp.api.error.HcpException;
import io.hcp.api.model.Component;
import io.hcp.api.model.KubernetesVersion;
import io.hcp.api.model.TenantControlPlane;
import io.hcp.core.internal.blueprint.EncryptionState;
import io.hcp.core.internal.gateway.Records;
import io.hcp.core.internal.spec.TenantRecord;
import io.hcp.testbed.fake.Crashed;
import io.hcp.testbed.fake.FakeMachine;
import io.hcp.testbed.fake.FakeWorld;
import io.hcp.testbed.fake.Faults;
import io.hcp.testbed.fake.TenantState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/** A random sequence of what becomes of two tenants, each compared with its model after every call. */
final class Story {
    private static final List<String> TENANTS = List.of("acme", "globe");
    private static final int OLDEST_VIEW = 8;
    private static final int LATEST_CRASH = 40;
    private static final int CALLS = 5;
    private static final int CALLS_WITH_FAULTS = 40;

    private final Random random;
    private final RandomSpecs specs;
    private final Trouble trouble;
    private final FakeWorld world = Scenario.world();
    private final Map<String, TenantModel> models = new HashMap<>();
    private final Set<String> unfinished = new HashSet<>();
    private final List<String> told = new ArrayList<>();
    private Jvm jvm = Jvm.on(world);
    private int crashes;

    /**
     * What goes wrong.
     *
     * @param crashes true if JVMs are killed, and some see the world as it was
     * @param faults the probability of each call of a gateway to be spoilt
     */
    record Trouble(boolean crashes, double faults) {}

    Story(long seed, Trouble trouble) {
        this.random = new Random(seed);
        this.specs = new RandomSpecs(random);
        this.trouble = trouble;
        TENANTS.forEach(tenant -> models.put(tenant, TenantModel.NONE));
    }

    /** Tells the story; returns how many JVMs were killed in it. */
    int tell(int length) {
        for (int number = 0; number < length; number++) {
            String tenant = specs.oneOf(TENANTS);
            if (isDeleting(tenant)) {
                goOnDeleting(tenant);
            } else if (model(tenant).known().isPresent()) {
                goOn(tenant, model(tenant).known().get());
            } else {
                ask(new Ask.Apply(beginning(tenant)));
            }
        }
        TENANTS.forEach(this::finish);
        jvm.close();
        return crashes;
    }

    @Override
    public String toString() {
        return String.join("\n  ", told);
    }

    private TenantModel model(String tenant) {
        return models.get(tenant);
    }

    private Optional<TenantRecord> record(String tenant) {
        return world.state(tenant).record().map(Records.Stored::record);
    }

    private boolean isDeleting(String tenant) {
        return record(tenant).filter(TenantRecord::deleting).isPresent();
    }

    private TenantControlPlane beginning(String tenant) {
        Map<String, TenantModel.Known> aside = model(tenant).aside();
        if (aside.isEmpty() || random.nextInt(4) == 0) {
            return specs.next(tenant);
        }
        String id = specs.oneOf(aside.keySet().stream().sorted().toList());
        return specs.changed(aside.get(id).written().withTenantId(id), random.nextInt(2));
    }

    private void goOnDeleting(String tenant) {
        switch (random.nextInt(3)) {
            case 0 -> ask(new Ask.Delete(tenant));
            case 1 -> ask(new Ask.Reconcile(tenant));
            default -> refused(new Ask.Apply(model(tenant).known().orElseThrow().written()), ErrorKind.DELETING);
        }
    }

    private void goOn(String tenant, TenantModel.Known known) {
        TenantControlPlane written = known.written();
        switch (random.nextInt(10)) {
            case 0, 1, 2 -> ask(new Ask.Apply(specs.changed(written, 1 + random.nextInt(3))));
            case 3 -> ask(new Ask.Apply(specs.raised(written, served(tenant, written))));
            case 4 -> ask(new Ask.Apply(written));
            case 5 -> refused(new Ask.Apply(specs.invalid(written)), ErrorKind.INVALID_SPEC);
            case 6 ->
                refused(
                        new Ask.Apply(written.withNetworkProfile(n -> n.clusterDomain("another.domain"))),
                        ErrorKind.INVALID_SPEC);
            case 7 -> ask(new Ask.Delete(tenant));
            case 8 -> ask(new Ask.Reconcile(tenant));
            default -> drift(tenant);
        }
    }

    private KubernetesVersion served(String tenant, TenantControlPlane written) {
        return record(tenant).flatMap(TenantRecord::servedVersion).orElse(written.kubernetesVersion());
    }

    private void drift(String tenant) {
        Component component = specs.oneOf(List.of(Component.values()));
        unfinished.add(tenant);
        switch (random.nextInt(3)) {
            case 0 -> {
                told.add("kill " + component + " of " + tenant);
                world.outside().kill(tenant, component);
            }
            case 1 -> {
                told.add("foreign " + component + " of " + tenant);
                world.outside().startForeign(tenant, component, "foreign");
            }
            default -> {
                told.add("remove certificates of " + tenant);
                world.outside().removeCertificates(tenant, "apiserver", "etcd/server");
            }
        }
    }

    /** A call that must fail, and change nothing. */
    private void refused(Ask ask, ErrorKind kind) {
        told.add("refused: " + ask);
        jvm.close();
        jvm = Jvm.on(world);
        TenantState before = world.state(ask.tenant());
        assertThatExceptionOfType(HcpException.class)
                .isThrownBy(() -> ask.make(jvm.hcp()))
                .satisfies(e -> assertThat(e.kind()).isEqualTo(kind));
        assertThat(world.state(ask.tenant())).isEqualTo(before);
    }

    private void ask(Ask ask) {
        told.add(ask.toString());
        if (random.nextBoolean()) {
            jvm.close();
            jvm = next();
        }
        boolean mayCrash = trouble.crashes() && random.nextInt(3) == 0;
        if (mayCrash) {
            int write = 1 + random.nextInt(LATEST_CRASH);
            FakeMachine victim = random.nextBoolean()
                    ? jvm.machine().crashAfterWrites(write)
                    : jvm.machine().crashBeforeWrite(write);
            told.add("to be killed at its write " + write + ": " + victim);
        }
        boolean interrupted = mayCrash && isInterrupted(ask);
        if (interrupted && random.nextBoolean()) {
            return; // and somebody asks for something else
        }
        complete(ask);
    }

    private boolean isInterrupted(Ask ask) {
        TenantModel before = model(ask.tenant());
        try {
            ask.make(jvm.hcp());
        } catch (HcpException | Crashed e) {
            told.add("failed: " + e.getMessage());
        }
        boolean crashed = jvm.machine().isCrashed();
        jvm.close(); // nobody is to die of it later
        jvm = next();
        if (crashed) {
            crashes++;
            told.add("killed, leaving " + world.state(ask.tenant()).processes().size() + " processes");
            unfinished.add(ask.tenant());
            models.put(ask.tenant(), stage(ask, before));
        }
        return crashed;
    }

    /** Finds how far a call came that was interrupted; fails if it is anywhere else than on its way. */
    private TenantModel stage(Ask ask, TenantModel before) {
        TenantState left = world.state(ask.tenant());
        Optional<TenantRecord> record = left.record().map(Records.Stored::record);
        List<TenantModel> stages = new ArrayList<>(List.of(before));
        if (ask instanceof Ask.Apply apply) {
            stages.add(before.apply(apply.described()));
            apply.described()
                    .tenantId()
                    .filter(id -> before.known().isEmpty() && before.aside().containsKey(id))
                    .ifPresent(id -> stages.add(before.bringBack(id)));
        } else {
            stages.add(before.delete());
        }
        TenantModel found = stages.stream()
                .filter(stage -> isAt(stage, record, ask.tenant()))
                .findFirst()
                .orElseThrow(() -> new AssertionError("it is nowhere on its way: " + record));
        boolean deleting = record.filter(TenantRecord::deleting).isPresent();
        if (deleting || record.isEmpty()) {
            return found;
        }
        EncryptionState noted = record.get().encryption();
        assertThat(stages)
                .as("what is encrypted: %s", noted)
                .anyMatch(stage -> noted.equals(
                        stage.known().map(TenantModel.Known::encryption).orElse(EncryptionState.NONE)));
        return found.seen(left).notYet(noted);
    }

    private boolean isAt(TenantModel stage, Optional<TenantRecord> record, String tenant) {
        Set<String> aside = new HashSet<>();
        world.retained()
                .forEach((id, state) -> state.record()
                        .filter(stored -> stored.record().spec().name().equals(tenant))
                        .ifPresent(stored -> aside.add(id)));
        return record.isPresent() == stage.known().isPresent()
                && stage.aside().keySet().equals(aside)
                && record.stream()
                        .allMatch(stored -> stage.known().orElseThrow().isDescribedBy(stored));
    }

    private void complete(Ask ask) {
        int limit = trouble.faults() > 0 ? CALLS_WITH_FAULTS : CALLS;
        ask.untilDone(world, this::sameOrNext, limit);
        TenantModel before = model(ask.tenant());
        TenantModel after = ask instanceof Ask.Apply apply
                ? before.apply(apply.described())
                : ask instanceof Ask.Delete || isGone(ask.tenant()) ? before.delete() : before.reconcile();
        unfinished.remove(ask.tenant());
        models.put(ask.tenant(), check(ask.tenant(), after));
    }

    /** A deletion that was begun is all that may end in it, when nobody asked for one. */
    private boolean isGone(String tenant) {
        return record(tenant).isEmpty() && unfinished.contains(tenant);
    }

    private TenantModel check(String tenant, TenantModel expected) {
        TenantState state = world.state(tenant);
        assertThat(world.tenants().contains(tenant))
                .as("there is something of %s: %s", tenant, state)
                .isEqualTo(expected.known().isPresent());
        expected.known().ifPresent(known -> Portrait.assertComplete(world, tenant));
        TenantModel seen = expected.seen(state);
        seen.known().ifPresent(known -> known.assertComplete(state));
        seen.assertAside(world.retained());
        long aside = models.values().stream()
                        .mapToLong(model -> model.aside().size())
                        .sum()
                - model(tenant).aside().size()
                + seen.aside().size();
        assertThat(world.retained()).hasSize((int) aside);
        Portrait.assertNothingLeft(world);
        return seen;
    }

    private void finish(String tenant) {
        if (unfinished.contains(tenant)) {
            boolean deletion = isDeleting(tenant) || record(tenant).isEmpty();
            told.add("finish " + tenant);
            complete(deletion ? new Ask.Delete(tenant) : new Ask.Reconcile(tenant));
        }
    }

    private Jvm sameOrNext() {
        if (jvm.machine().isCrashed() || random.nextInt(4) == 0) {
            jvm.close();
            jvm = next();
        }
        return jvm;
    }

    private Jvm next() {
        FakeMachine machine = world.machine();
        int behind = trouble.crashes() && random.nextInt(3) == 0 ? random.nextInt(OLDEST_VIEW) : 0;
        if (trouble.faults() > 0) {
            machine.faults(Faults.randomly(trouble.faults(), random.nextLong()));
        }
        return Jvm.on(machine, behind);
    }
}
