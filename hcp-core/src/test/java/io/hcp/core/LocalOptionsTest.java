package io.hcp.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.hcp.api.error.InvalidSpecException;
import io.hcp.api.progress.HcpListener;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LocalOptionsTest {
    private final LocalOptions options = new LocalOptions(Map.of(), Path.of("/home/user"));

    @Test
    void dataDirectory_notSet_isInTheHomeDirectory() {
        assertThat(options.dataDirectory()).contains(Path.of("/home/user/.hcp"));
    }

    @Test
    void dataDirectory_relative_becomesAbsolute() {
        assertThat(options.dataDirectory(Path.of("a/../b")).dataDirectory())
                .contains(Path.of("").toAbsolutePath().resolve("b"));
    }

    @Test
    void dataDirectory_ephemeral_isATemporaryOne() {
        assertThat(options.ephemeral().dataDirectory()).isEmpty();
        assertThat(options.isEphemeral()).isTrue();
    }

    @Test
    void dataDirectory_namedAndEphemeral_isRefused() {
        options.ephemeral().dataDirectory(Path.of("/data"));

        assertThatExceptionOfType(InvalidSpecException.class)
                .isThrownBy(options::dataDirectory)
                .withMessage("invalid: OptionsExclusive: dataDirectory is \"/data\"; leave out dataDirectory(...), or"
                        + " ephemeral(), which removes everything at the end. Remedy: correct the named field and call"
                        + " again");
    }

    @Test
    void listener_set_isKept() {
        HcpListener listener = new HcpListener() {};

        assertThat(options.listener(listener).listener()).isSameAs(listener);
    }

    @Test
    void home_unknownToTheSystem_isTakenFromTheEnvironment() {
        assertThat(LocalOptions.home("/home/user", Map.of("HOME", "/other"))).isEqualTo(Path.of("/home/user"));
        assertThat(LocalOptions.home("?", Map.of("HOME", "/home/user"))).isEqualTo(Path.of("/home/user"));
        assertThatExceptionOfType(InvalidSpecException.class)
                .isThrownBy(() -> LocalOptions.home("?", Map.of()))
                .withMessageContaining("HomeUnknown: user.home is \"?\"; set HOME to an absolute path");
    }
}
