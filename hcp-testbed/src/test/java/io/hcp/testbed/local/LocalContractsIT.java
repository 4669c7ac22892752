package io.hcp.testbed.local;

import io.hcp.api.model.TenantControlPlane;
import io.hcp.api.progress.HcpListener;
import io.hcp.core.internal.blueprint.Ports;
import io.hcp.core.internal.component.ResolverSettings;
import io.hcp.core.internal.gateway.Machine;
import io.hcp.core.internal.gateway.Processes;
import io.hcp.core.internal.local.LocalMachine;
import io.hcp.core.internal.spec.SpecDefaults;
import io.hcp.core.internal.time.Time;
import io.hcp.testbed.contract.CertificatesContract;
import io.hcp.testbed.contract.ContractTenant;
import io.hcp.testbed.contract.EncryptionKeysContract;
import io.hcp.testbed.contract.JournalContract;
import io.hcp.testbed.contract.LeaseContract;
import io.hcp.testbed.contract.PortSpaceContract;
import io.hcp.testbed.contract.ProcessesContract;
import io.hcp.testbed.contract.RecordsContract;
import io.hcp.testbed.contract.StorageContract;
import io.hcp.testbed.contract.TenantApiContract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.extension.RegisterExtension;

/** This machine passes the suites of the imagined one, with real processes. */
class LocalContractsIT {
    @RegisterExtension
    static final LocalTestbed TESTBED = new LocalTestbed();

    private static final String NAME = "acme";

    static Machine machine(Path directory) {
        ResolverSettings programs =
                ResolverSettings.defaults(System.getenv(), Path.of(System.getProperty("user.home")));
        return new LocalMachine(directory, false, programs, HcpListener.NONE, new Random());
    }

    static Path directory() {
        try {
            return Files.createTempDirectory(TESTBED.directory(), "machine-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static ContractTenant tenant(Path directory) {
        Machine machine = machine(directory);
        TenantControlPlane described = SpecDefaults.resolve(LocalTestbed.describe(NAME), Optional.empty())
                .withTenantId("b23456789bcdfghj");
        List<Integer> ports = machine.ports()
                .choosing(choice -> choice.choose(Ports.UNASSIGNED.asList().size(), Set.of()));
        return new ContractTenant(machine, described, Ports.of(ports));
    }

    @Nested
    class RecordsIT extends RecordsContract {
        @Override
        protected ContractTenant tenant() {
            return LocalContractsIT.tenant(directory());
        }
    }

    @Nested
    class JournalIT extends JournalContract {
        @Override
        protected ContractTenant tenant() {
            return LocalContractsIT.tenant(directory());
        }
    }

    @Nested
    class StorageIT extends StorageContract {
        @Override
        protected ContractTenant tenant() {
            return LocalContractsIT.tenant(directory());
        }
    }

    @Nested
    class CertificatesIT extends CertificatesContract {
        @Override
        protected ContractTenant tenant() {
            return LocalContractsIT.tenant(directory());
        }
    }

    @Nested
    class EncryptionKeysIT extends EncryptionKeysContract {
        private final Path directory = directory();

        @Override
        protected ContractTenant tenant() {
            return LocalContractsIT.tenant(directory);
        }

        @Override
        protected Object identity(String name) {
            try (var files = Files.walk(directory.resolve("tenants").resolve(NAME))) {
                Path key = files.filter(file -> file.getFileName().toString().startsWith(name))
                        .findFirst()
                        .orElseThrow();
                return Files.readString(key);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Nested
    class LeaseIT extends LeaseContract {
        private final Path directory = directory();

        @Override
        protected ContractTenant tenant() {
            return LocalContractsIT.tenant(directory);
        }

        @Override
        protected Machine another() {
            return machine(directory);
        }
    }

    @Nested
    class PortSpaceIT extends PortSpaceContract {
        @Override
        protected ContractTenant tenant() {
            return LocalContractsIT.tenant(directory());
        }
    }

    @Nested
    class ProcessesIT extends ProcessesContract {
        @Override
        protected ContractTenant tenant() {
            return LocalContractsIT.tenant(directory());
        }

        @Override
        protected Duration patience() {
            return LocalTestbed.SOON;
        }

        @Override
        protected Time time() {
            return Time.system();
        }

        @Override
        protected AutoCloseable takePort(int port) {
            try {
                return new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        protected void kill(Processes.Running running) {
            LocalTestbed.kill(running.pid());
        }
    }

    @Nested
    class TenantApiIT extends TenantApiContract {
        @Override
        protected ContractTenant tenant() {
            return LocalContractsIT.tenant(directory());
        }

        @Override
        protected Duration patience() {
            return LocalTestbed.SOON;
        }

        @Override
        protected Time time() {
            return Time.system();
        }
    }
}
