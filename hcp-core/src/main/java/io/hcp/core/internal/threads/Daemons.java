package io.hcp.core.internal.threads;

import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;

/** Threads that do not keep the JVM from ending. */
public final class Daemons {
    private Daemons() {}

    /**
     * Makes such threads.
     *
     * @param prefix what their names begin with; a number follows
     * @return a factory
     */
    public static ThreadFactory named(String prefix) {
        ThreadFactory numbered = Executors.defaultThreadFactory();
        return task -> {
            Thread thread = numbered.newThread(task);
            thread.setName(prefix + thread.getId());
            thread.setDaemon(true);
            return thread;
        };
    }
}
