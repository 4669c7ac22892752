package io.hcp.testbed.local;

import io.hcp.api.progress.HcpListener;
import io.hcp.api.progress.StepState;
import io.hcp.core.HostedControlPlanes;
import io.hcp.core.Manifests;
import io.hcp.core.internal.component.ResolverSettings;
import io.hcp.core.internal.gateway.Journal;
import io.hcp.core.internal.gateway.JournalEntry;
import io.hcp.core.internal.gateway.Lease;
import io.hcp.core.internal.gateway.Machine;
import io.hcp.core.internal.gateway.PortSpace;
import io.hcp.core.internal.gateway.Programs;
import io.hcp.core.internal.gateway.TenantGateways;
import io.hcp.core.internal.local.LocalMachine;
import io.hcp.core.internal.machine.MachineBackend;
import io.hcp.core.internal.time.Time;
import io.hcp.core.internal.usage.NodeSample;
import io.hcp.testbed.proof.Jvm;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * A JVM of its own that applies a description or deletes a tenant, and kills itself with SIGKILL at one step: {@code begun
 * STEP}, when the journal says that it is under way and nothing of it is done, or {@code done STEP}, when it is done and
 * the journal does not say so yet.
 */
final class StepVictim {
    private StepVictim() {}

    /** Arguments: data directory, point, {@code apply} and a manifest's file or {@code delete} and a tenant's name. */
    public static void main(String[] arguments) throws Exception {
        ResolverSettings programs =
                ResolverSettings.defaults(System.getenv(), Path.of(System.getProperty("user.home")));
        Random random = new Random();
        Machine machine = new Mortal(
                new LocalMachine(Path.of(arguments[0]), false, programs, HcpListener.NONE, random), arguments[1]);
        HostedControlPlanes hcp =
                HostedControlPlanes.on(new MachineBackend(machine, Time.system(), random), HcpListener.NONE);
        if (arguments[2].equals("delete")) {
            hcp.delete(arguments[3]).await(LocalTestbed.SOON);
        } else {
            hcp.apply(Manifests.read(Files.readString(Path.of(arguments[3])))).awaitReady(LocalTestbed.SOON);
        }
        hcp.close();
    }

    /** A machine on which a JVM dies at a point. */
    private record Mortal(Machine machine, String point) implements Machine {
        @Override
        public TenantGateways tenant(String name) {
            TenantGateways real = machine.tenant(name);
            return new TenantGateways(
                    real.layout(),
                    real.records(),
                    new LastWords(real.journal(), point),
                    real.storage(),
                    real.certificates(),
                    real.encryptionKeys(),
                    real.processes(),
                    real.api());
        }

        @Override
        public String name() {
            return machine.name();
        }

        @Override
        public List<String> tenants() {
            return machine.tenants();
        }

        @Override
        public Lease acquire(String tenant) {
            return machine.acquire(tenant);
        }

        @Override
        public Optional<String> holder(String tenant) {
            return machine.holder(tenant);
        }

        @Override
        public PortSpace ports() {
            return machine.ports();
        }

        @Override
        public NodeSample load() {
            return machine.load();
        }

        @Override
        public Programs programs() {
            return machine.programs();
        }

        @Override
        public void close() {
            machine.close();
        }
    }

    /** A journal in which the point is the last entry, or the first one that is missing. */
    private record LastWords(Journal journal, String point) implements Journal {
        @Override
        public Optional<JournalEntry> read() {
            return journal.read();
        }

        @Override
        public void write(Lease lease, JournalEntry entry) {
            if (tells(entry, "done ", StepState.DONE)) {
                Jvm.killMyself();
            }
            journal.write(lease, entry);
            if (tells(entry, "begun ", StepState.RUNNING)) {
                Jvm.killMyself();
            }
        }

        private boolean tells(JournalEntry entry, String when, StepState state) {
            return entry.operation().steps().stream()
                    .anyMatch(step -> step.state() == state && point.equals(when + step.id()));
        }
    }
}
