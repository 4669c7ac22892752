package io.hcp.testbed.fake;

import io.hcp.api.model.TenantControlPlane;
import io.hcp.core.internal.blueprint.Ports;
import io.hcp.core.internal.gateway.Machine;
import io.hcp.core.internal.gateway.Processes;
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
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Nested;

/** The imagined machine passes the suites of the real one. */
class FakeContractsTest {
    static final Ports PORTS = new Ports(20_001, 20_002, 20_003, 20_004, 20_005);

    static TenantControlPlane described(String name) {
        TenantControlPlane written = TenantControlPlane.builder()
                .name(name)
                .kubernetesVersion("1.36.3")
                .build();
        return SpecDefaults.resolve(written, Optional.empty()).withTenantId("b23456789bcdfghj");
    }

    static ContractTenant tenant(FakeWorld world) {
        return new ContractTenant(world.machine(), described("acme"), PORTS);
    }

    @Nested
    class RecordsTest extends RecordsContract {
        @Override
        protected ContractTenant tenant() {
            return FakeContractsTest.tenant(new FakeWorld());
        }
    }

    @Nested
    class JournalTest extends JournalContract {
        @Override
        protected ContractTenant tenant() {
            return FakeContractsTest.tenant(new FakeWorld());
        }
    }

    @Nested
    class StorageTest extends StorageContract {
        @Override
        protected ContractTenant tenant() {
            return FakeContractsTest.tenant(new FakeWorld());
        }
    }

    @Nested
    class CertificatesTest extends CertificatesContract {
        @Override
        protected ContractTenant tenant() {
            return FakeContractsTest.tenant(new FakeWorld());
        }
    }

    @Nested
    class EncryptionKeysTest extends EncryptionKeysContract {
        private final FakeWorld world = new FakeWorld();

        @Override
        protected ContractTenant tenant() {
            return FakeContractsTest.tenant(world);
        }

        @Override
        protected Object identity(String name) {
            return Objects.requireNonNull(world.state("acme").encryptionKeys().get(name));
        }
    }

    @Nested
    class LeaseTest extends LeaseContract {
        private final FakeWorld world = new FakeWorld();

        @Override
        protected ContractTenant tenant() {
            return FakeContractsTest.tenant(world);
        }

        @Override
        protected Machine another() {
            return world.machine();
        }
    }

    @Nested
    class PortSpaceTest extends PortSpaceContract {
        @Override
        protected ContractTenant tenant() {
            return FakeContractsTest.tenant(new FakeWorld());
        }
    }

    @Nested
    class ProcessesTest extends ProcessesContract {
        private final FakeWorld world = new FakeWorld();

        @Override
        protected ContractTenant tenant() {
            return FakeContractsTest.tenant(world);
        }

        @Override
        protected Duration patience() {
            return Duration.ofMinutes(1);
        }

        @Override
        protected Time time() {
            return world.time();
        }

        @Override
        protected AutoCloseable takePort(int port) {
            world.outside().takePort(port);
            return () -> world.outside().freePort(port);
        }

        @Override
        protected void kill(Processes.Running running) {
            world.outside().kill("acme", running.component());
        }
    }

    @Nested
    class TenantApiTest extends TenantApiContract {
        private final FakeWorld world = new FakeWorld();

        @Override
        protected ContractTenant tenant() {
            return FakeContractsTest.tenant(world);
        }

        @Override
        protected Duration patience() {
            return Duration.ofMinutes(1);
        }

        @Override
        protected Time time() {
            return world.time();
        }
    }
}
