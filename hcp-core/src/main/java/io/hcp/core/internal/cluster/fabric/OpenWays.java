package io.hcp.core.internal.cluster.fabric;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ways that stay open for the next question: not for long, not many, and none after this is closed. A pod that is gone is
 * asked nothing any more, so that its way is closed, too. Thread-safe.
 */
final class OpenWays<W extends Closeable> implements AutoCloseable {
    /** More than a question or a write takes: what is in use is not idle. */
    static final Duration IDLE = Duration.ofMinutes(1);

    /** Each takes a port of this machine and threads. */
    static final int MOST = 100;

    private static final Logger LOG = LoggerFactory.getLogger(OpenWays.class);

    private final LongSupplier nanoTime;
    private final Map<String, Used<W>> ways = new LinkedHashMap<>(16, 0.75f, true); // the one used last at the end
    private boolean closed;

    OpenWays(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    private record Used<W>(W way, long at) {}

    /**
     * Returns a way into a pod.
     *
     * @param pod its name
     * @param usable whether a way that is open still leads to where it should; one that does not is closed
     * @param open opens a way
     * @return the way; empty if this is closed
     */
    synchronized Optional<W> way(String pod, Predicate<W> usable, Supplier<W> open) {
        if (closed) {
            return Optional.empty();
        }
        Optional<W> known = Optional.ofNullable(ways.get(pod)).map(Used::way).filter(usable);
        if (known.isEmpty()) {
            forget(pod);
            while (ways.size() >= MOST) {
                forget(ways.keySet().iterator().next());
            }
        }
        W way = known.orElseGet(open);
        ways.put(pod, new Used<>(way, nanoTime.getAsLong()));
        return Optional.of(way);
    }

    synchronized void forget(String pod) {
        Optional.ofNullable(ways.remove(pod)).map(Used::way).ifPresent(OpenWays::end);
    }

    synchronized void closeIdle() {
        Iterator<Used<W>> all = ways.values().iterator();
        List<W> idle = new ArrayList<>();
        while (all.hasNext()) {
            Used<W> one = all.next();
            if (nanoTime.getAsLong() - one.at() > IDLE.toNanos()) {
                all.remove();
                idle.add(one.way());
            }
        }
        idle.forEach(OpenWays::end);
    }

    private static void end(Closeable way) {
        try {
            way.close();
        } catch (IOException | RuntimeException e) {
            LOG.debug("a way into a pod could not be closed", e);
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        ways.values().forEach(used -> end(used.way()));
        ways.clear();
    }
}
