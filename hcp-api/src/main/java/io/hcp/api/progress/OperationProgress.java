package io.hcp.api.progress;

import java.util.List;

/**
 * How far an operation is, at one moment.
 *
 * @param done the steps that are done, in the order in which they were done
 * @param running the steps under way
 * @param waiting the steps that have not begun
 */
public record OperationProgress(List<String> done, List<String> running, List<String> waiting) {
    /** Copies the lists, keeping nothing of the caller's. */
    public OperationProgress {
        done = List.copyOf(done);
        running = List.copyOf(running);
        waiting = List.copyOf(waiting);
    }
}
