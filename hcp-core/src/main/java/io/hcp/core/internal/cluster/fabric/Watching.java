package io.hcp.core.internal.cluster.fabric;

import io.hcp.core.internal.cluster.form.ClusterObject;
import io.hcp.core.internal.cluster.form.Kind;
import io.hcp.core.internal.time.Time;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** Watches one object until it is as it should be. */
final class Watching {
    /** Between a watch that broke and the next one. */
    private static final Duration PAUSE = Duration.ofMillis(500);

    private static final Map<String, Object> END = Map.of();

    private final Rest rest;
    private final Kind kind;
    private final String path;
    private final Predicate<Optional<ClusterObject>> condition;

    Watching(Rest rest, Kind kind, String path, Predicate<Optional<ClusterObject>> condition) {
        this.rest = rest;
        this.kind = kind;
        this.path = path;
        this.condition = condition;
    }

    Optional<ClusterObject> run(Optional<ClusterObject> known, String since, Duration limit) {
        long deadline = System.nanoTime() + Time.nanos(limit);
        Optional<ClusterObject> seen = known;
        String from = since;
        while (deadline - System.nanoTime() > 0) {
            long seconds = Math.max(1, TimeUnit.NANOSECONDS.toSeconds(deadline - System.nanoTime()));
            BlockingQueue<Map<String, Object>> events = new LinkedBlockingQueue<>();
            Runnable stop = rest.watch(
                    path + "&timeoutSeconds=" + Math.min(seconds, 300) + from, events::add, () -> events.add(END));
            try {
                for (Map<String, Object> event = next(events, deadline); !event.isEmpty(); ) {
                    seen = state(event, seen);
                    if (condition.test(seen)) {
                        return seen;
                    }
                    event = next(events, deadline);
                }
            } finally {
                stop.run();
            }
            from = ""; // from what is there now: it may be too late for the events since then
            Time.system().pause(PAUSE);
        }
        return seen;
    }

    private static Map<String, Object> next(BlockingQueue<Map<String, Object>> events, long deadline) {
        try {
            Map<String, Object> event = events.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
            return event == null ? END : event;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Time.cancelled();
        }
    }

    @SuppressWarnings("unchecked")
    private Optional<ClusterObject> state(Map<String, Object> event, Optional<ClusterObject> before) {
        Map<String, Object> object =
                event.get("object") instanceof Map<?, ?> found ? (Map<String, Object>) found : Map.of();
        return switch (String.valueOf(event.get("type"))) {
            case "ADDED", "MODIFIED" -> Optional.of(FabricObjects.typed(kind, object));
            case "DELETED" -> Optional.empty();
            default -> before;
        };
    }
}
