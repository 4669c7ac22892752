package io.hcp.api.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.hcp.api.error.InvalidSpecException;
import io.hcp.api.error.Problem;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PortTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 6443, 65_535})
    void port_inRange_isWrittenAsNumber(int number) {
        assertThat(new Port(number)).hasToString(Integer.toString(number)).isEqualByComparingTo(new Port(number));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 65_536, Integer.MIN_VALUE, Integer.MAX_VALUE})
    void port_outOfRange_isNamed(int number) {
        assertThatExceptionOfType(InvalidSpecException.class)
                .isThrownBy(() -> new Port(number))
                .satisfies(invalid -> assertThat(invalid.problems())
                        .containsExactly(new Problem(
                                "PortOutOfRange", "", Integer.toString(number), "use a port from 1 to 65535")));
    }
}
