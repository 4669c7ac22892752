package io.hcp.core.internal.local;

import io.hcp.api.error.ErrorKind;
import io.hcp.api.error.HcpException;
import io.hcp.api.model.IpAddress;
import io.hcp.core.internal.blueprint.Blueprint;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Chooses ports for tenants. A port that looks free here can be taken a moment later; the kernel decides when a
 * component binds it, and a tenant whose address nobody knows yet then gets another one.
 */
final class PortAllocator {
    /** Below the ports that Linux gives to outgoing connections (32768 and above) and the NodePorts (30000 to 32767). */
    private static final int FIRST = 20_000;

    private static final int LAST = 29_999;
    private static final int ATTEMPTS = 5_000;

    private final RandomGenerator random;

    PortAllocator(RandomGenerator random) {
        this.random = random;
    }

    /** Chooses different ports that nobody listens on and that are not reserved. */
    List<Integer> choose(int count, Set<Integer> reserved) {
        List<Integer> chosen = new ArrayList<>();
        for (int attempt = 0; attempt < ATTEMPTS && chosen.size() < count; attempt++) {
            int port = random.nextInt(FIRST, LAST + 1);
            if (!reserved.contains(port) && !chosen.contains(port) && isFree(Blueprint.LOOPBACK, port)) {
                chosen.add(port);
            }
        }
        if (chosen.size() < count) {
            throw new HcpException(
                    ErrorKind.PORT_BUSY,
                    "no " + count + " free ports were found between " + FIRST + " and " + LAST,
                    "delete tenants that are no longer needed, or end the programs that hold these ports");
        }
        return chosen;
    }

    /** Tells whether an address is one of this machine's. */
    static boolean isLocal(IpAddress address) {
        return isFree(address, 0); // stands for any port
    }

    /** Tells whether a component could listen on a port of an address of this machine now. */
    static boolean isFree(IpAddress address, int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getByName(address.toString()), port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
