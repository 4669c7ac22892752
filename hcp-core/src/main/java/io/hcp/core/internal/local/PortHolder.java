package io.hcp.core.internal.local;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Says who listens on a port, as far as this user may know. */
final class PortHolder {
    private static final String LISTENING = "0A";
    private static final int LOCAL_ADDRESS = 1;
    private static final int STATE = 3;
    private static final int INODE = 9;

    private PortHolder() {}

    /** Names the process, for example {@code process 4711 (nginx)}. */
    static String describe(int port) {
        return List.of("/proc/net/tcp", "/proc/net/tcp6").stream()
                .flatMap(table -> inode(Path.of(table), port).stream())
                .flatMap(inode -> owner(inode).stream())
                .findFirst()
                .orElse("a process that this user cannot see");
    }

    private static Optional<String> inode(Path table, int port) {
        String hexadecimal = String.format(Locale.ROOT, ":%04X", port);
        try {
            return Files.readAllLines(table).stream()
                    .map(line -> line.trim().split("\\s+", -1))
                    .filter(fields -> fields[LOCAL_ADDRESS].endsWith(hexadecimal) && fields[STATE].equals(LISTENING))
                    .map(fields -> fields[INODE])
                    .findFirst();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> owner(String inode) {
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            for (Path process : processes) {
                if (holds(process, "socket:[" + inode + "]")) {
                    String name = Files.readString(process.resolve("comm")).trim();
                    return Optional.of("process " + process.getFileName() + " (" + name + ")");
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            return Optional.empty();
        }
        return Optional.empty();
    }

    private static boolean holds(Path process, String socket) {
        try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(process.resolve("fd"))) {
            for (Path descriptor : descriptors) {
                if (socket.equals(Files.readSymbolicLink(descriptor).toString())) {
                    return true;
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            return false; // it has ended meanwhile, or belongs to another user
        }
        return false;
    }
}
