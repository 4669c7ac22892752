package io.hcp.core.internal.component;

import java.io.IOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * Writes one response's body behind what a file already holds. Safe to stop from another thread: once {@link #stop()}
 * returned, the file does not change any more.
 */
final class PartWriter implements BodySubscriber<Void> {
    private final CompletableFuture<Void> body = new CompletableFuture<>();
    private @Nullable FileChannel channel;
    private Flow.@Nullable Subscription subscription;
    private @Nullable IOException failure;
    private long size;

    /** Opens the file and cuts it to the size from which the body goes on. */
    synchronized PartWriter open(Path file, long keep) {
        try {
            channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            channel.truncate(keep).position(keep);
            size = keep;
        } catch (IOException e) {
            failure = e;
        }
        return this;
    }

    /** The file's size so far. */
    synchronized long size() {
        return size;
    }

    /** Why the file could not be written. A failure of the network is not meant. */
    synchronized @Nullable IOException failure() {
        return failure;
    }

    synchronized void stop() {
        if (subscription != null) {
            subscription.cancel();
        }
        close();
    }

    @Override
    public CompletionStage<Void> getBody() {
        return body;
    }

    @Override
    public synchronized void onSubscribe(Flow.Subscription newSubscription) {
        subscription = newSubscription;
        if (failure != null) {
            newSubscription.cancel();
            body.completeExceptionally(failure);
        } else {
            newSubscription.request(1);
        }
    }

    @Override
    public synchronized void onNext(List<ByteBuffer> buffers) {
        if (channel == null || subscription == null) {
            return;
        }
        try {
            for (ByteBuffer buffer : buffers) {
                while (buffer.hasRemaining()) {
                    size += channel.write(buffer);
                }
            }
            subscription.request(1);
        } catch (IOException e) {
            failure = e;
            stop();
            body.completeExceptionally(e);
        }
    }

    @Override
    public synchronized void onError(Throwable cause) {
        close();
        body.completeExceptionally(cause);
    }

    @Override
    public synchronized void onComplete() {
        close();
        body.complete(null);
    }

    private void close() {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException e) {
            failure = e;
        }
        channel = null;
    }
}
