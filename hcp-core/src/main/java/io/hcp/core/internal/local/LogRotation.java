package io.hcp.core.internal.local;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * Keeps a log that another process appends to from growing without bound. The process cannot be told to open another
 * file, so the end of the log is copied aside and the log is emptied; a line written in between is lost.
 */
final class LogRotation {
    /** A log may grow to this size. */
    static final long LIMIT = 64L << 20;

    /** That much of its end is kept, in a file with the suffix {@code .1}. */
    static final int KEPT = 8 << 20;

    private LogRotation() {}

    /** Empties the log if there is one and it is too large. */
    static void rotate(Path log) throws IOException {
        if (log.toFile().length() <= LIMIT) {
            return;
        }
        try (FileChannel from = FileChannel.open(log, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            Path aside = log.resolveSibling(log.getFileName() + ".new");
            Files.deleteIfExists(aside);
            Files.createFile(aside, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            ByteBuffer end = ByteBuffer.allocate(KEPT);
            from.read(end, from.size() - KEPT);
            Files.write(aside, end.array());
            Files.move(aside, log.resolveSibling(log.getFileName() + ".1"), StandardCopyOption.ATOMIC_MOVE);
            from.truncate(0);
        }
    }
}
