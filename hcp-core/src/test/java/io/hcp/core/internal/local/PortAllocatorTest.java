package io.hcp.core.internal.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.hcp.api.error.ErrorKind;
import io.hcp.api.error.HcpException;
import io.hcp.api.model.IpAddress;
import io.hcp.core.internal.blueprint.Blueprint;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PortAllocatorTest {
    @Test
    void isLocal_addressOfThisMachineOrNot_isTold() {
        assertThat(PortAllocator.isLocal(IpAddress.parse("127.0.0.9"))).isTrue();
        assertThat(PortAllocator.isLocal(IpAddress.parse("192.0.2.1"))).isFalse();
    }

    @Test
    void choose_several_areDifferentAndFree() {
        List<Integer> chosen = new PortAllocator(ScriptedRandom.from(20_000)).choose(5, Set.of());

        assertThat(chosen)
                .hasSize(5)
                .doesNotHaveDuplicates()
                .allMatch(port -> PortAllocator.isFree(Blueprint.LOOPBACK, port));
        assertThat(chosen).allSatisfy(port -> assertThat(port).isBetween(20_000, 29_999));
    }

    @Test
    void choose_sameNumberAgain_isSkipped() {
        int free = freePort();

        assertThat(new PortAllocator(ScriptedRandom.of(free, free)).choose(2, Set.of()))
                .startsWith(free)
                .doesNotHaveDuplicates();
    }

    @Test
    void choose_busyPort_isSkipped() throws IOException {
        int busy = freePort();
        try (ServerSocket socket = new ServerSocket(busy, 1, InetAddress.getLoopbackAddress())) {
            assertThat(socket.isBound()).isTrue();
            assertThat(PortAllocator.isFree(Blueprint.LOOPBACK, busy)).isFalse();
            assertThat(new PortAllocator(ScriptedRandom.of(busy)).choose(1, Set.of()))
                    .hasSize(1)
                    .doesNotContain(busy);
        }
    }

    @Test
    void choose_reservedPort_isSkipped() {
        int reserved = freePort();

        assertThat(new PortAllocator(ScriptedRandom.of(reserved)).choose(1, Set.of(reserved)))
                .hasSize(1)
                .doesNotContain(reserved);
    }

    @Test
    void choose_nothingFree_isPortBusy() {
        Set<Integer> all = IntStream.rangeClosed(20_000, 29_999).boxed().collect(Collectors.toSet());

        assertThatExceptionOfType(HcpException.class)
                .isThrownBy(() -> new PortAllocator(ScriptedRandom.from(20_000)).choose(5, all))
                .withMessage("no 5 free ports were found between 20000 and 29999. Remedy: delete tenants that are no"
                        + " longer needed, or end the programs that hold these ports")
                .satisfies(problem -> assertThat(problem.kind()).isEqualTo(ErrorKind.PORT_BUSY));
    }

    private static int freePort() {
        return new PortAllocator(ScriptedRandom.from(27_000))
                .choose(1, Set.of())
                .get(0);
    }
}
