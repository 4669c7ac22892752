package io.hcp.testbed.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.hcp.api.model.Component;
import io.hcp.core.internal.blueprint.Blueprint;
import io.hcp.core.internal.blueprint.BlueprintInput;
import io.hcp.core.internal.catalog.ReleaseCatalog;
import io.hcp.core.internal.gateway.Records;
import io.hcp.core.internal.spec.TenantRecord;
import io.hcp.testbed.fake.FakeProcess;
import io.hcp.testbed.fake.FakeWorld;
import io.hcp.testbed.fake.IssuedLeaf;
import io.hcp.testbed.fake.TenantState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What there is in an imagined world, without what differs from run to run: ids, ports, process ids, times. */
final class Portrait {
    private Portrait() {}

    /** Describes a world in text, so that two can be compared. */
    static String of(FakeWorld world) {
        List<String> lines = new ArrayList<>();
        for (String tenant : world.tenants()) {
            TenantState state = world.state(tenant);
            lines.add("tenant " + tenant + ": " + nameless(state, of(state)));
            lines.add(
                    "  last: " + state.journal().map(entry -> entry.operation().state()));
            lines.add("  runs: " + running(world, tenant));
        }
        world.retained().values().forEach(state -> lines.add("put aside: " + nameless(state, of(state))));
        lines.add("kept ports: " + world.keptPorts().size());
        return String.join("\n", lines);
    }

    private static String of(TenantState state) {
        TenantRecord record = state.record().map(Records.Stored::record).orElse(null);
        return String.join(
                "\n  ",
                record == null
                        ? "no record"
                        : "%s %s revision %d served %s bootstrapped %s deleting %s"
                                .formatted(
                                        record.spec(),
                                        record.encryption(),
                                        record.renderRevision(),
                                        record.servedVersion(),
                                        record.bootstrapped(),
                                        record.deleting()),
                "directory %s, authorities %s, keys %s, datastore %s, roles %s"
                        .formatted(
                                state.directory(),
                                state.authorities().isPresent(),
                                state.encryptionKeys().keySet(),
                                state.datastore(),
                                state.roles()),
                "leaves "
                        + state.leaves().values().stream()
                                .map(IssuedLeaf::definition)
                                .toList());
    }

    private static String nameless(TenantState state, String text) {
        return state.record()
                .flatMap(stored -> stored.record().spec().tenantId())
                .map(id -> text.replace(id, "ID"))
                .orElse(text);
    }

    private static List<String> running(FakeWorld world, String tenant) {
        TenantState state = world.state(tenant);
        return state.processes().stream()
                .map(process -> process.component() + (isAsDescribed(world, tenant, process) ? "" : " otherwise"))
                .sorted()
                .toList();
    }

    /** Tells whether a process is what the tenant's record asks for. */
    static boolean isAsDescribed(FakeWorld world, String tenant, FakeProcess process) {
        return world.state(tenant)
                .record()
                .map(Records.Stored::record)
                .filter(record -> blueprint(world, record)
                        .of(process.component())
                        .digest()
                        .equals(process.digest()))
                .filter(record -> record.ports().of(process.component()).equals(process.ports()))
                .isPresent();
    }

    private static Blueprint blueprint(FakeWorld world, TenantRecord record) {
        return Blueprint.of(new BlueprintInput(
                record.spec(),
                ReleaseCatalog.bundled().find(record.spec().kubernetesVersion()).orElseThrow(),
                record.ports(),
                record.encryption(),
                world.machine().tenant(record.spec().name()).layout(),
                record.renderRevision()));
    }

    /** Fails if there is something that no tenant has use for, or that a tenant lacks, once nothing is left to do. */
    static void assertTidy(FakeWorld world) {
        world.tenants().forEach(tenant -> assertComplete(world, tenant));
        assertNothingLeft(world);
    }

    /** Fails unless a tenant is there and runs as its record says. */
    static void assertComplete(FakeWorld world, String tenant) {
        TenantState state = world.state(tenant);
        assertThat(state.directory()).as("the directory of %s", tenant).isTrue();
        assertThat(state.record()).as("the record of %s: %s", tenant, state).isPresent();
        assertThat(state.processes()).as("processes of %s", tenant).hasSize(Component.values().length);
        for (Component component : Component.values()) {
            assertThat(state.processes(component))
                    .as("%s of %s", component, tenant)
                    .hasSize(1)
                    .allMatch(process -> isAsDescribed(world, tenant, process));
        }
    }

    /** Fails if something was put aside that is not whole, or if a port is kept that nobody has. */
    static void assertNothingLeft(FakeWorld world) {
        world.retained().forEach((id, state) -> {
            assertThat(state.processes()).as("processes of what was put aside").isEmpty();
            assertThat(record(state).flatMap(record -> record.spec().tenantId()))
                    .contains(id);
        });
        world.keptPorts().forEach((port, keepers) -> assertKept(world, port, keepers));
    }

    private static void assertKept(FakeWorld world, int port, Set<String> keepers) {
        assertThat(keepers).as("who keeps port %d", port).hasSize(1);
        List<TenantState> all = new ArrayList<>(world.retained().values());
        world.tenants().forEach(tenant -> all.add(world.state(tenant)));
        assertThat(all)
                .as("port %d, kept by %s", port, keepers)
                .anyMatch(state -> record(state)
                        .filter(record -> keepers.contains(record.spec().name()))
                        .filter(record -> record.ports().asList().contains(port))
                        .isPresent());
    }

    private static Optional<TenantRecord> record(TenantState state) {
        return state.record().map(Records.Stored::record);
    }

    /** Fails if something was made anew that was there and is still needed. */
    static void assertKept(TenantState before, TenantState after) {
        before.authorities()
                .ifPresent(identity -> assertThat(after.authorities()).contains(identity));
        assertThat(after.encryptionKeys()).containsAllEntriesOf(before.encryptionKeys());
        before.leaves().forEach((path, leaf) -> {
            IssuedLeaf now = after.leaves().get(path);
            if (now != null && now.definition().equals(leaf.definition())) {
                assertThat(now.serial()).as("certificate %s", path).isEqualTo(leaf.serial());
            }
        });
    }

    /** Fails if a process was ended that ran as it is to run, and alone. */
    static void assertNotRestarted(FakeWorld world, String tenant, TenantState before) {
        for (Component component : Component.values()) {
            List<FakeProcess> processes = before.processes(component);
            if (processes.size() == 1 && isAsDescribed(world, tenant, processes.get(0))) {
                assertThat(world.state(tenant).processes(component)).isEqualTo(processes);
            }
        }
    }
}
