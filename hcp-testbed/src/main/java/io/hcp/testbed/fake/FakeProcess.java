package io.hcp.testbed.fake;

import io.hcp.api.model.Component;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A component that runs in an imagined world.
 *
 * @param component which one
 * @param digest the fingerprint of what it was started as
 * @param pid its process id
 * @param ports where it listens
 * @param servesFrom when it has started up
 * @param fails what it logs when it ends instead, if it does
 */
public record FakeProcess(
        Component component,
        String digest,
        long pid,
        List<Integer> ports,
        Instant servesFrom,
        Optional<StartFailure> fails) {
    /** Copies the list. */
    public FakeProcess {
        ports = List.copyOf(ports);
    }

    boolean listensAt(int port) {
        return ports.contains(port);
    }
}
