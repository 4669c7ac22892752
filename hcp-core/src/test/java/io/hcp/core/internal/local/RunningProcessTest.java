package io.hcp.core.internal.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.hcp.api.error.ErrorKind;
import io.hcp.api.error.HcpException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class RunningProcessTest {
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final String[] STUBBORN = {"sh", "-c", "trap '' TERM; echo ready; while :; do read line; done"};
    private static final int TERMINATED = 128 + 15;
    private static final int KILLED = 128 + 9;

    private final Processes processes = new Processes();

    @AfterEach
    void endProcesses() {
        processes.close();
    }

    @Test
    void of_thisProcess_isAlive() {
        RunningProcess self = RunningProcess.of(ProcessHandle.current().pid()).orElseThrow();

        assertThat(self.isAlive()).isTrue();
        assertThat(RunningProcess.of(self.pid())).contains(self);
    }

    @Test
    void of_noSuchProcess_isEmpty() {
        assertThat(RunningProcess.of(Integer.MAX_VALUE)).isEmpty();
    }

    @Test
    void of_endedButNotReaped_isEmpty() throws IOException {
        // A shell that becomes sleep, which waits for no child.
        Process parent = processes.start(Map.of(), "sh", "-c", "sleep 1000 & echo $!; exec sleep 1000");
        RunningProcess child = RunningProcess.of(
                        Long.parseLong(parent.inputReader().readLine()))
                .orElseThrow();
        Path name = Path.of("/proc", Long.toString(parent.pid()), "comm");
        await().until(() -> Files.readString(name).equals("sleep\n"));

        child.kill();

        assertThat(Path.of("/proc", Long.toString(child.pid()))).exists();
        assertThat(RunningProcess.of(child.pid())).isEmpty();
    }

    @Test
    void of_commandWithBlanksAndParentheses_isRead(@TempDir Path directory) throws IOException {
        Path odd = Files.copy(Path.of("/bin/sleep"), directory.resolve("a) Z (b"), StandardCopyOption.COPY_ATTRIBUTES);
        Process process = processes.start(Map.of(), odd.toString(), "1000");

        assertThat(RunningProcess.of(process.pid())).isPresent();
    }

    @Test
    void isAlive_otherProcessWithTheSameId_isNotIt() {
        RunningProcess process = processes.sleep();

        assertThat(new RunningProcess(process.pid(), process.startTime() - 1).isAlive())
                .isFalse();
    }

    @Test
    void end_obedientProcess_endsByItself() throws InterruptedException {
        Process sleep = processes.start(Map.of(), "sleep", "1000");
        RunningProcess process = Processes.running(sleep);

        process.end(LONG);

        assertThat(process.isAlive()).isFalse();
        assertThat(sleep.waitFor()).isEqualTo(TERMINATED);
    }

    @Test
    void end_processThatIgnoresTerm_isKilledAfterTheGrace() throws Exception {
        Process shell = processes.start(Map.of(), STUBBORN);
        assertThat(shell.inputReader().readLine()).isEqualTo("ready");
        RunningProcess process = Processes.running(shell);

        process.end(Duration.ofMillis(30));

        assertThat(process.isAlive()).isFalse();
        assertThat(shell.waitFor()).isEqualTo(KILLED);
    }

    @Test
    void end_alreadyGone_doesNothing() {
        RunningProcess process = processes.sleep();
        process.kill();

        process.end(LONG);
        process.kill();

        assertThat(process.isAlive()).isFalse();
    }

    @Test
    void end_otherProcessWithTheSameId_isLeftAlone() {
        RunningProcess process = processes.sleep();

        new RunningProcess(process.pid(), process.startTime() - 1).end(LONG);

        assertThat(process.isAlive()).isTrue();
    }

    @Test
    void end_interrupted_isCancelled() throws IOException {
        Process shell = processes.start(Map.of(), STUBBORN);
        assertThat(shell.inputReader().readLine()).isEqualTo("ready");
        RunningProcess process = Processes.running(shell);

        Thread.currentThread().interrupt();
        assertThatExceptionOfType(HcpException.class)
                .isThrownBy(() -> process.end(LONG))
                .satisfies(problem -> assertThat(problem.kind()).isEqualTo(ErrorKind.CANCELLED));
        assertThat(Thread.interrupted()).isTrue();
    }
}
