package io.hcp.core.internal.engine;

import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;

/** Threads that do not keep the JVM from ending. */
final class Daemons {
    private Daemons() {}

    static ThreadFactory named(String prefix) {
        ThreadFactory numbered = Executors.defaultThreadFactory();
        return task -> {
            Thread thread = numbered.newThread(task);
            thread.setName(prefix + thread.getId());
            thread.setDaemon(true);
            return thread;
        };
    }
}
