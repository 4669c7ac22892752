package io.hcp.core.internal.local;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.random.RandomGenerator;

/** Gives ports that a test names, and then those that follow, so that nothing is left to chance. */
final class ScriptedRandom implements RandomGenerator {
    private static final int FIRST = 20_000;
    private static final int LAST = 29_999;

    private final Deque<Integer> script = new ArrayDeque<>();
    private int next;

    private ScriptedRandom(int next) {
        this.next = next;
    }

    /** Counts up from a port, and begins again behind the last one. */
    static ScriptedRandom from(int first) {
        return new ScriptedRandom(first);
    }

    /** Gives these ports, then counts up from the first. */
    static ScriptedRandom of(int... ports) {
        ScriptedRandom random = new ScriptedRandom(FIRST);
        for (int port : ports) {
            random.script.add(port);
        }
        return random;
    }

    @Override
    public int nextInt(int origin, int bound) {
        if (!script.isEmpty()) {
            return script.remove();
        }
        int port = next;
        next = port == LAST ? FIRST : port + 1;
        return port;
    }

    @Override
    public long nextLong() {
        throw new UnsupportedOperationException("only ports are chosen at random");
    }
}
