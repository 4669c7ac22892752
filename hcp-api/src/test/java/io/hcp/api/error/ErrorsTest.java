package io.hcp.api.error;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.hcp.api.model.Component;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ErrorsTest {
    private static final Problem NAME = Problem.of("NameInvalid", "metadata.name", "Acme", "use lower case");
    private static final Problem PORT = Problem.of("PortOutOfRange", "spec.networkProfile.port", 1, "use 1024");

    @Test
    void invalidSpec_oneProblem_isOneLine() {
        assertThat(new InvalidSpecException(NAME))
                .hasMessage("invalid: NameInvalid: metadata.name is \"Acme\"; use lower case. Remedy: correct the named"
                        + " field and call again");
    }

    @Test
    void invalidSpec_severalProblems_isOneLineEach() {
        assertThat(new InvalidSpecException(List.of(NAME, PORT))).hasMessage("""
                2 problems:
                  NameInvalid: metadata.name is "Acme"; use lower case
                  PortOutOfRange: spec.networkProfile.port is "1"; use 1024
                . Remedy: correct the named fields and call again""");
    }

    @Test
    void invalidSpec_problems_areACopy() {
        List<Problem> problems = new ArrayList<>(List.of(NAME));
        InvalidSpecException invalid = new InvalidSpecException(problems);
        problems.clear();

        assertThat(invalid.problems()).containsExactly(NAME);
        assertThat(invalid.kind()).isEqualTo(ErrorKind.INVALID_SPEC);
        assertThat(invalid.retryable()).isFalse();
    }

    @Test
    void hcpException_problemAndRemedy_areItsMessage() {
        Throwable cause = new IllegalStateException("why");
        HcpException exception = new HcpException(ErrorKind.TIMEOUT, "it took long", "wait longer", cause);

        assertThat(exception).hasMessage("it took long. Remedy: wait longer").hasCause(cause);
        assertThat(exception.remedy()).isEqualTo("wait longer");
        assertThat(exception.retryable()).isTrue();
    }

    @Test
    void componentFailed_withLog_showsItsEnd() {
        ComponentFailedException failed = new ComponentFailedException(
                ErrorKind.COMPONENT_FAILED, Component.ETCD, "etcd ended", List.of("first", "last"), "read the log");

        assertThat(failed).hasMessage("""
                etcd ended. Its last log lines:
                  first
                  last
                . Remedy: read the log""");
        assertThat(failed.component()).isEqualTo(Component.ETCD);
        assertThat(failed.lastLogLines()).containsExactly("first", "last");
    }

    @Test
    void componentFailed_withoutLog_saysNothingOfIt() {
        assertThatExceptionOfType(ComponentFailedException.class)
                .isThrownBy(() -> {
                    throw new ComponentFailedException(
                            ErrorKind.PORT_BUSY, Component.ETCD, "etcd cannot start", List.of(), "free the port");
                })
                .withMessage("etcd cannot start. Remedy: free the port");
    }
}
