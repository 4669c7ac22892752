package io.hcp.core.internal.threads;

import io.hcp.api.error.HcpException;
import io.hcp.core.internal.time.Time;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import java.util.stream.Stream;

/** Does many things, several of them at a time. */
public final class Several {
    private static final int AT_A_TIME = 8;

    private Several() {}

    /**
     * Does the same with each of some items, eight at a time, and waits for all.
     *
     * @param executor on which threads
     * @param items with what
     * @param work what to do; the first failure is thrown once what was begun has ended, and nothing is begun after it
     * @param <T> the type of items
     * @param <R> the type of results
     * @return the results in the order of the items
     * @throws HcpException with kind {@code CANCELLED} if this thread is interrupted; its flag stays set
     */
    public static <T, R> List<R> map(Executor executor, List<T> items, Function<T, R> work) {
        Semaphore free = new Semaphore(AT_A_TIME);
        List<CompletableFuture<R>> results = new ArrayList<>();
        try {
            for (T item : items) {
                free.acquire();
                if (results.stream().anyMatch(CompletableFuture::isCompletedExceptionally)) {
                    break;
                }
                CompletableFuture<R> result = CompletableFuture.supplyAsync(() -> work.apply(item), executor);
                results.add(result);
                var unused = result.whenComplete((value, failure) -> free.release());
            }
            CompletableFuture.allOf(results.toArray(CompletableFuture[]::new)).get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Time.cancelled();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException known) {
                throw known;
            }
            throw new IllegalStateException(e.getCause());
        }
        return results.stream().flatMap(result -> Stream.of(result.join())).toList();
    }
}
