package io.hcp.core.internal.component;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/** Reads a file while another process appends lines to it. Not thread-safe. */
final class LogFile {
    private final Path file;
    private final ByteArrayOutputStream unfinished = new ByteArrayOutputStream();
    private long position;

    LogFile(Path file) {
        this.file = file;
    }

    /** Hands over the lines that became complete since the last call. */
    void newLines(Consumer<String> consumer) throws IOException {
        if (Files.size(file) <= position) {
            return;
        }
        for (byte b : from(file, position)) {
            position++;
            if (b != '\n') {
                unfinished.write(b);
            } else {
                consumer.accept(unfinished.toString(StandardCharsets.UTF_8));
                unfinished.reset();
            }
        }
    }

    private static byte[] from(Path file, long position) throws IOException {
        try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
            in.seek(position);
            byte[] bytes = new byte[(int) Math.min(Integer.MAX_VALUE - 8, in.length() - position)];
            in.readFully(bytes);
            return bytes;
        }
    }
}
