package io.hcp.core.internal.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class PortHolderTest {
    @Test
    void describe_portOfThisProcess_namesIt() throws IOException {
        long self = ProcessHandle.current().pid();
        String name = Files.readString(Path.of("/proc/self/comm")).trim();
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThat(PortHolder.describe(socket.getLocalPort())).isEqualTo("process %d (%s)".formatted(self, name));
        }
    }

    @Test
    void describe_freePort_namesNobody() {
        assertThat(PortHolder.describe(1)).isEqualTo("a process that this user cannot see");
    }
}
