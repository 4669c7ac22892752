package io.hcp.core.internal.engine;

import io.hcp.core.internal.execute.Execution;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How an engine's work comes to its end. */
final class Shutdown {
    private static final Logger LOG = LoggerFactory.getLogger(Shutdown.class);
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private Shutdown() {}

    /** Cancels what is under way and waits for its end. */
    static void of(ExecutorService executor, List<Execution> underWay) {
        underWay.forEach(Execution::cancel);
        executor.shutdown(); // interrupts nobody: who is interrupted once more cannot tell in the journal how it ended
        awaitEnd(underWay);
        executor.shutdownNow();
    }

    /** A step that cannot be interrupted may still write; what is let go of or removed must not change any more. */
    private static void awaitEnd(List<Execution> executions) {
        CompletableFuture<?>[] ends =
                executions.stream().map(Execution::completion).toArray(CompletableFuture[]::new);
        try {
            CompletableFuture.allOf(ends).get(LIMIT.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException cancelled) {
            LOG.debug("cancelled", cancelled);
        } catch (TimeoutException e) {
            LOG.warn("steps were still under way {} after they were cancelled", LIMIT);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
