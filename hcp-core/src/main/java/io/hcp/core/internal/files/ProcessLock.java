package io.hcp.core.internal.files;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A lock that one owner on this machine holds at a time: one thread of one process. It ends with {@link #close()} and
 * with the process, however that ends. The lock file stays for ever, since deleting it would let two processes lock two
 * different files of the same name. Not reentrant.
 *
 * <p>The set of held paths is static because the rule it serves is the process's: POSIX drops a process's lock on a
 * file as soon as the process closes <em>any</em> descriptor of that file. So a path which this JVM holds must not be
 * opened a second time, by any instance, and the holder's pid is kept in a file of its own. Two class loaders which
 * both load this class do not see each other's set and must not share lock files.
 *
 * @see <a href="https://pubs.opengroup.org/onlinepubs/9799919799/functions/fcntl.html">POSIX fcntl</a>
 */
public final class ProcessLock implements AutoCloseable {
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();
    private static final ReentrantLock MONITOR = new ReentrantLock();
    private static final Condition RELEASED = MONITOR.newCondition();

    private final Path file;
    private final FileChannel channel;
    private final AtomicBoolean closed = new AtomicBoolean();

    private ProcessLock(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /**
     * Takes the lock if nobody has it. Does not wait.
     *
     * @param file the lock file; made, with its directory, if it is not there
     * @return the lock, or empty if another thread or process holds it
     * @throws IOException if the file cannot be made or opened
     */
    public static Optional<ProcessLock> tryAcquire(Path file) throws IOException {
        Path key = key(file);
        if (!HELD.add(key)) {
            return Optional.empty();
        }
        boolean acquired = false;
        try {
            Optional<ProcessLock> lock = open(key);
            acquired = lock.isPresent();
            return lock;
        } finally {
            if (!acquired) {
                HELD.remove(key);
            }
        }
    }

    /**
     * Takes the lock, waiting for it as long as needed.
     *
     * @param file the lock file; made, with its directory, if it is not there
     * @param poll how often to look whether another process released it
     * @param onFirstWait called once, before the first wait; not called if the lock is free
     * @return the lock
     * @throws IOException if the file cannot be made or opened
     * @throws InterruptedException if the thread is interrupted; the lock is then not held
     */
    public static ProcessLock acquire(Path file, Duration poll, Runnable onFirstWait)
            throws IOException, InterruptedException {
        try {
            boolean waited = false;
            while (true) {
                if (Thread.interrupted()) {
                    throw new InterruptedException("interrupted before locking " + file);
                }
                Optional<ProcessLock> lock = tryAcquire(file);
                if (lock.isPresent()) {
                    return lock.get();
                }
                if (!waited) {
                    onFirstWait.run();
                    waited = true;
                }
                awaitRelease(key(file), poll);
            }
        } catch (ClosedByInterruptException e) {
            Thread.interrupted();
            InterruptedException interrupted = new InterruptedException("interrupted while locking " + file);
            interrupted.initCause(e);
            throw interrupted;
        }
    }

    /**
     * Tells who holds the lock. Does not touch it.
     *
     * @param file the lock file
     * @return the pid of a living process that took the lock and did not release it; empty if unknown
     */
    public static OptionalLong holder(Path file) {
        try {
            String[] holder = Files.readString(pidFile(file)).strip().split(" ", -1);
            long pid = Long.parseLong(holder[0]);
            // A later process may have the same id: after the start of a container it nearly always has.
            return note(pid).equals(String.join(" ", holder)) ? OptionalLong.of(pid) : OptionalLong.empty();
        } catch (IOException | NumberFormatException e) {
            return OptionalLong.empty();
        }
    }

    /** What a holder writes of itself: its id, and its start, which tells it from later processes with that id. */
    private static String note(long pid) {
        return pid + " " + ProcessStat.of(pid).map(ProcessStat::startTime).orElse(0L);
    }

    /** Releases the lock. Further calls do nothing. */
    @Override
    public void close() throws IOException {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        try (channel) {
            Files.deleteIfExists(pidFile(file));
        } finally {
            HELD.remove(file);
            signalRelease();
        }
    }

    private static Optional<ProcessLock> open(Path key) throws IOException {
        FileChannel channel = FileChannel.open(key, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        boolean locked = false;
        try {
            FileLock lock = channel.tryLock();
            if (lock == null) {
                return Optional.empty();
            }
            Files.writeString(pidFile(key), note(ProcessHandle.current().pid()) + "\n");
            locked = true;
            return Optional.of(new ProcessLock(key, channel));
        } catch (OverlappingFileLockException e) {
            return Optional.empty();
        } finally {
            if (!locked) {
                channel.close();
            }
        }
    }

    private static void awaitRelease(Path key, Duration poll) throws InterruptedException {
        long remaining = poll.toNanos();
        MONITOR.lockInterruptibly();
        try {
            // A holder in this JVM signals; one in another process is only noticed by trying again.
            do {
                remaining = RELEASED.awaitNanos(remaining);
            } while (remaining > 0 && HELD.contains(key));
        } finally {
            MONITOR.unlock();
        }
    }

    private static void signalRelease() {
        MONITOR.lock();
        try {
            RELEASED.signalAll();
        } finally {
            MONITOR.unlock();
        }
    }

    /** One name for one file, whatever links lead to its directory. */
    private static Path key(Path file) throws IOException {
        Path absolute = file.toAbsolutePath().normalize();
        Path directory = absolute.getParent();
        Path name = absolute.getFileName();
        if (directory == null || name == null) {
            throw new IOException("not a file: " + file);
        }
        // Files.createDirectories alone fails on a symbolic link to a directory.
        return (Files.isDirectory(directory) ? directory : Files.createDirectories(directory))
                .toRealPath()
                .resolve(name);
    }

    private static Path pidFile(Path file) {
        return file.resolveSibling(file.getFileName() + ".pid");
    }
}
