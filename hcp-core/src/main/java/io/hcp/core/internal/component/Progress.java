package io.hcp.core.internal.component;

import io.hcp.api.progress.HcpListener;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the listener what is going on: at once when something begins or ends, else once a second per program. */
final class Progress {
    private static final Logger LOG = LoggerFactory.getLogger(Progress.class);
    private static final Duration INTERVAL = Duration.ofSeconds(1);

    private final HcpListener listener;
    private final Clock clock;
    private final Map<Program, Instant> last = new HashMap<>();
    private boolean complained;

    Progress(HcpListener listener, Clock clock) {
        this.listener = listener;
        this.clock = clock;
    }

    /** Something begins or ends. */
    void report(Program program, String activity) {
        last.put(program, clock.instant());
        try {
            listener.providing(program.name(), activity);
        } catch (RuntimeException e) {
            if (!complained) {
                complained = true;
                LOG.warn("The listener failed; its failures are ignored, and further ones are not logged", e);
            }
        }
    }

    /** Something goes on. */
    void update(Program program, String activity) {
        Instant previous = last.get(program);
        if (previous == null || !clock.instant().isBefore(previous.plus(INTERVAL))) {
            report(program, activity);
        }
    }
}
