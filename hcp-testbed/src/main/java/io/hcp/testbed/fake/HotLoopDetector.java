package io.hcp.testbed.fake;

import io.hcp.core.internal.time.Time;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** Notices when the same call is made for the same tenant all the time, as by a loop that forgot to wait. Thread-safe. */
public final class HotLoopDetector {
    /** How many calls of one name for one tenant within a second are fine, unless told otherwise. */
    public static final int LIMIT = 200;

    private final Time time;
    private final Map<Key, Window> windows = new ConcurrentHashMap<>();
    private final Map<Key, Integer> violations = new ConcurrentHashMap<>();
    private volatile int limit = LIMIT;

    HotLoopDetector(Time time) {
        this.time = time;
    }

    private record Key(String tenant, String name) {}

    private record Window(long second, int calls) {}

    /**
     * Changes what is fine.
     *
     * @param calls of one name for one tenant within a second of the world's time
     */
    public void limit(int calls) {
        limit = calls;
    }

    void note(String tenant, String name) {
        long second = TimeUnit.NANOSECONDS.toSeconds(time.nanoTime());
        Key key = new Key(tenant, name);
        Window window = windows.merge(
                key,
                new Window(second, 1),
                (known, one) -> known.second() == second ? new Window(second, known.calls() + 1) : one);
        if (window.calls() > limit) {
            violations.merge(key, window.calls(), Math::max);
        }
    }

    /**
     * Tells what was noticed.
     *
     * @return in words, sorted; empty if all was calm
     */
    public SortedSet<String> violations() {
        SortedSet<String> found = new TreeSet<>();
        violations.forEach((key, calls) ->
                found.add("%s of tenant \"%s\": %d calls within a second".formatted(key.name(), key.tenant(), calls)));
        return found;
    }

    /**
     * Fails a test in which there was a hot loop.
     *
     * @throws AssertionError naming the calls
     */
    public void assertCalm() {
        if (!violations.isEmpty()) {
            throw new AssertionError("more than " + limit + " calls within a second: " + violations());
        }
    }
}
