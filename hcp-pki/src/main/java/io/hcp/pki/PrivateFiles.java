package io.hcp.pki;

import io.hcp.api.error.ErrorKind;
import io.hcp.api.error.HcpException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Set;
import java.util.UUID;

/**
 * Writes files that only their owner may read, and that are whole after a crash at any point. For POSIX file systems.
 * Thread-safe: of two writers of one file, one wins as a whole.
 */
public final class PrivateFiles {
    /** What follows the name of something that is not finished. */
    static final String PARTIAL = ".partial-";

    private static final String NO_SPACE = "No space left on device";

    private PrivateFiles() {}

    /**
     * Writes a file, or replaces it, in UTF-8 with mode 0600. It is on disk when this returns. After a crash it has the
     * old content or the new one; a file {@code NAME.partial-*} may stay beside it, with mode 0600 too.
     *
     * @param file where; its directory must exist
     * @param content what
     * @throws HcpException with the kinds of {@link #failure}
     */
    public static void write(Path file, String content) {
        put(
                file,
                StandardCharsets.UTF_8.encode(content),
                (temporary, target) -> Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE));
    }

    /**
     * Writes a file that does not exist yet, with mode 0600, whole or not at all. It is on disk when this returns. After
     * a crash a file {@code NAME.partial-*} may stay beside it, with mode 0600 too. The file system must know hard
     * links.
     *
     * @param file where; its directory must exist
     * @param content what, byte by byte
     * @throws HcpException with kind {@link ErrorKind#BLOCKED} if there is anything at the path, else with the kinds of
     *     {@link #failure}
     */
    public static void create(Path file, Secret content) {
        byte[] copy = content.copy();
        try {
            create(file, ByteBuffer.wrap(copy));
        } finally {
            Arrays.fill(copy, (byte) 0);
        }
    }

    static void create(Path file, String content) {
        create(file, StandardCharsets.UTF_8.encode(content));
    }

    private static void create(Path file, ByteBuffer content) {
        put(file, content, (temporary, target) -> {
            try {
                // Unlike rename(2), link(2) replaces nothing: of two writers the second one fails.
                Files.createLink(target, temporary);
            } catch (FileAlreadyExistsException e) {
                throw new HcpException(
                        ErrorKind.BLOCKED,
                        file + " exists and is never overwritten",
                        "keep it, or move it away first if nothing needs it any more",
                        e);
            }
        });
    }

    /** Gives a file that is whole its name. */
    @FunctionalInterface
    private interface Placement {
        void place(Path temporary, Path target) throws IOException;
    }

    private static void put(Path file, ByteBuffer content, Placement placement) {
        Path target = file.toAbsolutePath();
        Path temporary = target.resolveSibling(target.getFileName() + PARTIAL + UUID.randomUUID());
        try {
            try {
                writeNew(temporary, content);
                placement.place(temporary, target);
            } finally {
                Files.deleteIfExists(temporary);
            }
            sync(parent(target));
        } catch (IOException e) {
            throw failure("write", file, e);
        }
    }

    /**
     * Makes a directory and those above it that are missing, each with mode 0700. What exists is left as it is.
     *
     * @param directory what is to exist
     * @throws HcpException with the kinds of {@link #failure}, also if a file is in the way
     */
    public static void createDirectories(Path directory) {
        Path target = directory.toAbsolutePath().normalize();
        Deque<Path> missing = new ArrayDeque<>();
        for (Path path = target; path != null && !Files.isDirectory(path); path = path.getParent()) {
            missing.push(path);
        }
        try {
            Files.createDirectories(target, directoryMode());
            for (Path made : missing) {
                sync(parent(made));
            }
        } catch (IOException e) {
            throw failure("create directory", directory, e);
        }
    }

    /**
     * Translates a failure of the file system. Everything that hcp writes reports through here, so that a full disk
     * looks the same everywhere.
     *
     * @param what what was tried, as a verb, for example {@code write}
     * @param path with which file or directory
     * @param cause what the file system said
     * @return an exception of kind {@link ErrorKind#DISK_FULL} if there is no space left, {@link ErrorKind#CANCELLED}
     *     if the thread was interrupted (its flag stays set), else {@link ErrorKind#IO}
     */
    public static HcpException failure(String what, Path path, IOException cause) {
        String problem = "cannot " + what + " " + path + ": " + reason(cause);
        if (cause instanceof ClosedByInterruptException) {
            return new HcpException(ErrorKind.CANCELLED, problem, "call again if that was not intended", cause);
        }
        if (String.valueOf(cause.getMessage()).contains(NO_SPACE)) {
            return new HcpException(
                    ErrorKind.DISK_FULL,
                    problem,
                    "free space on the file system of " + path + " and call again",
                    cause);
        }
        return new HcpException(
                ErrorKind.IO, problem, "check that " + path + " and its directory are accessible to this user", cause);
    }

    /** Writes a file that must not exist, through to the disk; its directory entry may still be lost. */
    static void writeNew(Path file, String content) throws IOException {
        writeNew(file, StandardCharsets.UTF_8.encode(content));
    }

    private static void writeNew(Path file, ByteBuffer bytes) throws IOException {
        Set<StandardOpenOption> options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        // The mode goes into open(2): with a chmod afterwards another user could open the file in between.
        try (FileChannel channel = FileChannel.open(file, options, mode("rw-------"))) {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
    }

    /** Writes the entries of a directory through to the disk. */
    static void sync(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    static FileAttribute<Set<PosixFilePermission>> directoryMode() {
        return mode("rwx------");
    }

    private static FileAttribute<Set<PosixFilePermission>> mode(String permissions) {
        return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions));
    }

    private static Path parent(Path path) {
        Path parent = path.getParent();
        return parent == null ? path : parent;
    }

    private static String reason(IOException cause) {
        String text = cause instanceof FileSystemException e ? e.getReason() : cause.getMessage();
        return text == null ? cause.getClass().getSimpleName() : text;
    }
}
