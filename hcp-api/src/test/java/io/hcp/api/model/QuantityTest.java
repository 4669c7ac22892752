package io.hcp.api.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.hcp.api.error.InvalidSpecException;
import io.hcp.api.error.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuantityTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "1073741824, 1073741824",
        "1k, 1000",
        "500M, 500000000",
        "2G, 2000000000",
        "3T, 3000000000000",
        "4P, 4000000000000000",
        "1Ki, 1024",
        "64Mi, 67108864",
        "8Gi, 8589934592",
        "1Ti, 1099511627776",
        "1Pi, 1125899906842624",
        "1.5Gi, 1610612736",
        "0.5Ki, 512",
        "1.0, 1",
        "1.5, 2",
        "0.3Ki, 308",
        "8191Pi, 9222246136947933184"
    })
    void parse_quantity_isCountedInBytes(String text, long bytes) {
        assertThat(Quantity.parse(text).bytes()).isEqualTo(bytes);
        assertThat(Quantity.parse(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "-1",
                "+1",
                "8GB",
                "8gi",
                "8 Gi",
                "8K",
                "1e3",
                ".5Gi",
                "1.",
                "1,5Gi",
                "8192Pi",
                "9999999999999999999",
                "100000P",
                "Gi",
                "0x10",
                "\u0661"
            })
    void parse_noQuantity_isNamed(String text) {
        assertThatExceptionOfType(InvalidSpecException.class)
                .isThrownBy(() -> Quantity.parse(text))
                .satisfies(invalid -> assertThat(invalid.problems())
                        .containsExactly(new Problem(
                                "QuantityInvalid",
                                "",
                                text,
                                "write a whole number of bytes, with or without unit, for example 8Gi, 500Mi or"
                                        + " 1073741824")));
    }

    @Test
    void equals_sameNumberWrittenOtherwise_isEqual() {
        assertThat(Quantity.parse("1Gi"))
                .isEqualTo(Quantity.parse("1024Mi"))
                .hasSameHashCodeAs(Quantity.parse("1024Mi"))
                .isEqualByComparingTo(Quantity.parse("1073741824"))
                .isGreaterThan(Quantity.parse("1G"))
                .isNotEqualTo(Quantity.parse("1G"))
                .isNotEqualTo("1Gi");
    }
}
