package io.hcp.core.internal.cluster.fabric;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.function.Consumer;

/** Puts lines together from pieces as they come over the network. Not thread-safe: pieces come one after the other. */
final class Lines {
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private final Consumer<byte[]> whole;

    Lines(Consumer<byte[]> whole) {
        this.whole = whole;
    }

    void add(ByteBuffer piece) {
        ByteBuffer bytes = piece.duplicate();
        while (bytes.hasRemaining()) {
            byte next = bytes.get();
            if (next == '\n') {
                whole.accept(line.toByteArray());
                line.reset();
            } else {
                line.write(next);
            }
        }
    }
}
