package io.hcp.core.internal.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class EphemeralGuardTest {
    @TempDir
    Path directory;

    @Test
    void close_markedProcessAndDirectory_areGoneAndOthersStay() throws IOException {
        Path data = Files.createDirectories(directory.resolve("it's data/tenants"));
        Files.writeString(data.resolve("file"), "content");
        Files.writeString(directory.resolve("other"), "content");
        try (Processes processes = new Processes();
                EphemeralGuard other = new EphemeralGuard(directory.resolve("others data"))) {
            EphemeralGuard guard = new EphemeralGuard(data.resolveSibling(""));
            RunningProcess marked = Processes.running(processes.start(guard.mark(), "sleep", "1000"));
            RunningProcess ofOther = Processes.running(processes.start(other.mark(), "sleep", "1000"));
            RunningProcess unmarked = processes.sleep();

            guard.close();

            assertThat(marked.isAlive()).isFalse();
            assertThat(ofOther.isAlive()).isTrue();
            assertThat(unmarked.isAlive()).isTrue();
            assertThat(data).doesNotExist();
            assertThat(data.resolveSibling("")).doesNotExist();
            assertThat(directory.resolve("other")).exists();
        }
    }

    @Test
    void close_again_doesNothing() {
        EphemeralGuard guard = new EphemeralGuard(directory.resolve("data"));

        guard.close();
        guard.close();

        assertThat(directory.resolve("data")).doesNotExist();
    }
}
