package io.hcp.core.internal.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.hcp.core.fixture.Async;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class ProcessLockTest {
    private static final Duration POLL = Duration.ofMillis(20);
    private static final Duration NEVER = Duration.ofHours(1);

    @TempDir
    Path directory;

    @Test
    void tryAcquire_free_isHeldUntilClosed() throws IOException {
        Path file = directory.resolve("locks/a.lock");

        try (ProcessLock lock = ProcessLock.tryAcquire(file).orElseThrow()) {
            assertThat(ProcessLock.tryAcquire(file)).isEmpty();
            assertThat(ProcessLock.holder(file))
                    .hasValue(ProcessHandle.current().pid());
            assertThat(lock).isNotNull();
        }

        assertThat(ProcessLock.holder(file)).isEmpty();
        assertThat(file).exists();
        ProcessLock.tryAcquire(file).orElseThrow().close();
    }

    @Test
    void tryAcquire_sameFileThroughSymbolicLink_isBusy() throws IOException {
        Path real = Files.createDirectory(directory.resolve("real"));
        Path link = Files.createSymbolicLink(directory.resolve("link"), real);

        try (ProcessLock lock = ProcessLock.tryAcquire(real.resolve("a.lock")).orElseThrow()) {
            assertThat(lock).isNotNull();
            assertThat(ProcessLock.tryAcquire(link.resolve("a.lock"))).isEmpty();
        }
    }

    @Test
    void acquire_heldByThread_waitsForItsRelease() throws Exception {
        Path file = directory.resolve("a.lock");
        CountDownLatch waiting = new CountDownLatch(1);
        AtomicInteger waits = new AtomicInteger();
        CompletableFuture<ProcessLock> second;
        try (ProcessLock first = ProcessLock.acquire(file, NEVER, waits::incrementAndGet)) {
            assertThat(first).isNotNull();
            second = Async.supply(() -> acquire(file, waiting::countDown));
            assertThat(waiting.await(10, TimeUnit.SECONDS)).isTrue();
            assertThat(second).isNotDone();
        }

        // The second polls every 20 ms only in case the signal comes before it waits.
        second.get(10, TimeUnit.SECONDS).close();
        assertThat(waits).hasValue(0);
    }

    @Test
    void acquire_interrupted_throwsAndDoesNotHold() throws Exception {
        Path file = directory.resolve("a.lock");

        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> ProcessLock.acquire(file, NEVER, () -> {})).isInstanceOf(InterruptedException.class);

        ProcessLock.tryAcquire(file).orElseThrow().close();
    }

    @Test
    void acquire_interruptedWhileWaiting_throws() throws Exception {
        Path file = directory.resolve("a.lock");
        Thread waiter = Thread.currentThread();

        try (ProcessLock lock = ProcessLock.tryAcquire(file).orElseThrow()) {
            assertThat(lock).isNotNull();
            assertThatThrownBy(() -> ProcessLock.acquire(file, NEVER, waiter::interrupt))
                    .isInstanceOf(InterruptedException.class);
        }
    }

    @Test
    void lock_heldByOtherProcess_isBusyUntilItDies() throws Exception {
        Path file = directory.resolve("a.lock");
        Process other = holdInOtherProcess(file);
        try {
            assertThat(ProcessLock.tryAcquire(file)).isEmpty();
            assertThat(ProcessLock.holder(file)).hasValue(other.pid());
        } finally {
            other.destroyForcibly();
        }

        // Killed without a chance to clean up: the lock is free, and its pid file is not believed.
        try (ProcessLock lock = ProcessLock.acquire(file, POLL, () -> {})) {
            assertThat(lock).isNotNull();
            assertThat(ProcessLock.holder(file))
                    .hasValue(ProcessHandle.current().pid());
        }
    }

    @Test
    void lock_heldHere_isNotDroppedByLookingAtIt() throws Exception {
        Path file = directory.resolve("a.lock");

        try (ProcessLock lock = ProcessLock.tryAcquire(file).orElseThrow()) {
            assertThat(lock).isNotNull();
            assertThat(ProcessLock.tryAcquire(file)).isEmpty();
            assertThat(ProcessLock.holder(file)).isPresent();
            Process other = startHolder(file);
            assertThat(other.waitFor(20, TimeUnit.SECONDS)).isTrue();
            assertThat(other.exitValue())
                    .as("the other process must not get the lock")
                    .isEqualTo(1);
        }
    }

    @Test
    void holder_stalePidFile_isUnknown() throws Exception {
        Path file = directory.resolve("a.lock");
        Process gone = new ProcessBuilder("true").start();
        await().atMost(Duration.ofSeconds(10)).until(() -> !gone.isAlive());
        Files.writeString(directory.resolve("a.lock.pid"), gone.pid() + "\n");

        assertThat(ProcessLock.holder(file)).isEmpty();
    }

    @Test
    void holder_laterProcessWithTheSameId_isUnknown() throws IOException {
        Path file = directory.resolve("a.lock");
        Path note = directory.resolve("a.lock.pid");
        String holder;
        try (ProcessLock lock = ProcessLock.tryAcquire(file).orElseThrow()) {
            assertThat(lock).isNotNull();
            holder = Files.readString(note).strip();
        }

        Files.writeString(note, holder + "1\n");
        assertThat(ProcessLock.holder(file)).isEmpty();
        Files.writeString(note, holder + "\n");
        assertThat(ProcessLock.holder(file)).hasValue(ProcessHandle.current().pid());
    }

    private static ProcessLock acquire(Path file, Runnable onFirstWait) {
        try {
            return ProcessLock.acquire(file, POLL, onFirstWait);
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Process holdInOtherProcess(Path file) throws IOException {
        Process process = startHolder(file);
        byte[] line = process.getInputStream().readNBytes("held\n".length());
        assertThat(new String(line, StandardCharsets.UTF_8)).isEqualTo("held\n");
        return process;
    }

    private static Process startHolder(Path file) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        LockHolder.class.getName(),
                        file.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }
}
