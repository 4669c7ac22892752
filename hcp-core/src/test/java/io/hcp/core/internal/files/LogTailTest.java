package io.hcp.core.internal.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogTailTest {
    @TempDir
    Path directory;

    @Test
    void since_position_givesWhatWasWrittenAfterIt() throws IOException {
        Path log = log("before\nafter\nlast\n");

        assertThat(LogTail.since(log, "before\n".length())).containsExactly("after", "last");
    }

    @Test
    void since_manyLines_givesTheLastTwenty() throws IOException {
        Path log = log(IntStream.rangeClosed(1, 30).mapToObj(Integer::toString).collect(Collectors.joining("\n")));

        assertThat(LogTail.since(log, 0)).hasSize(20).startsWith("11").endsWith("30");
    }

    @Test
    void since_longLine_isCut() throws IOException {
        assertThat(LogTail.since(log("x".repeat(401)), 0)).containsExactly("x".repeat(400) + "...");
        assertThat(LogTail.since(log("x".repeat(400)), 0)).containsExactly("x".repeat(400));
    }

    @Test
    void since_hugeLog_readsItsEndAlone() throws IOException {
        assertThat(LogTail.since(log("x".repeat(1_000_000) + "\nend\n"), 0))
                .hasSize(2)
                .endsWith("end");
    }

    @Test
    void since_nothingWritten_isEmpty() throws IOException {
        assertThat(LogTail.since(log("before\n"), "before\n".length())).isEmpty();
    }

    @Test
    void since_logBecameShorter_isEmpty() throws IOException {
        assertThat(LogTail.since(log("new\n"), 1_000)).isEmpty();
    }

    @Test
    void since_noLog_isEmpty() {
        assertThat(LogTail.since(directory.resolve("none.log"), 0)).isEmpty();
    }

    private Path log(String content) throws IOException {
        return Files.writeString(directory.resolve("etcd.log"), content);
    }
}
