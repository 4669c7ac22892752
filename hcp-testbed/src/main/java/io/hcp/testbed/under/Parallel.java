package io.hcp.testbed.under;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Does several things at a time that mostly wait. */
final class Parallel implements AutoCloseable {
    private final ExecutorService executor = Executors.newCachedThreadPool();

    <T> CompletableFuture<T> begin(Supplier<T> work) {
        return CompletableFuture.supplyAsync(work, executor);
    }

    CompletableFuture<Void> run(Runnable work) {
        return CompletableFuture.runAsync(work, executor);
    }

    /** Does the same for each, and waits until all are done, also if one fails. */
    <T> void forEach(Collection<T> items, Consumer<T> work) {
        List<CompletableFuture<Void>> begun =
                items.stream().map(item -> run(() -> work.accept(item))).toList();
        Void unused = join(CompletableFuture.allOf(begun.toArray(CompletableFuture[]::new)));
    }

    /** Waits, and throws what the work threw. */
    static <T> T join(CompletableFuture<T> begun) {
        try {
            return begun.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
    }

    @Override
    public void close() {
        executor.shutdown();
    }
}
