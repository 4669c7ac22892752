package io.hcp.core.internal.files;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** The end of a log file. */
public final class LogTail {
    private static final int LINES = 20;
    private static final int BYTES = 16_384;
    private static final int LINE_LENGTH = 400;

    private LogTail() {}

    /**
     * Returns the last lines written since a position.
     *
     * @param log the file
     * @param position in bytes; 0 for all of it
     * @return at most 20 lines, oldest first, long ones cut; empty if the file cannot be read
     */
    public static List<String> since(Path log, long position) {
        try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
            long from = Math.max(Math.min(position, file.length()), file.length() - BYTES);
            byte[] end = new byte[(int) (file.length() - from)];
            file.seek(from);
            file.readFully(end);
            List<String> lines = new String(end, StandardCharsets.UTF_8)
                    .lines()
                    .map(line -> line.length() > LINE_LENGTH ? line.substring(0, LINE_LENGTH) + "..." : line)
                    .toList();
            return lines.subList(Math.max(0, lines.size() - LINES), lines.size());
        } catch (IOException e) {
            return List.of();
        }
    }
}
