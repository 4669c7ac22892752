package io.hcp.core.internal.spec.form;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.hcp.api.error.InvalidSpecException;
import io.hcp.core.fixture.Seeds;
import io.hcp.core.fixture.Seeds.Seeded;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GoDurationTest {
    private static final int CASES = 1_000;

    /** The right column is what Go's Duration.String makes of it. */
    @ParameterizedTest
    @CsvSource({
        "0, PT0S, 0s",
        "0s, PT0S, 0s",
        "8760h, PT8760H, 8760h0m0s",
        "1h30m, PT1H30M, 1h30m0s",
        "1.5h, PT1H30M, 1h30m0s",
        ".5m, PT30S, 30s",
        "1.m, PT1M, 1m0s",
        "100ms, PT0.1S, 100ms",
        "1500ms, PT1.5S, 1.5s",
        "1m100ms, PT1M0.1S, 1m0.1s",
        "+5s, PT5S, 5s",
        "-5s, PT-5S, -5s",
        "-1h1m, PT-1H-1M, -1h1m0s",
        "7ns, PT0.000000007S, 7ns",
        "1.5us, PT0.0000015S, 1.5\u00b5s",
        "1.5\u00b5s, PT0.0000015S, 1.5\u00b5s",
        "1.5\u03bcs, PT0.0000015S, 1.5\u00b5s",
        "999.999999ms, PT0.999999999S, 999.999999ms",
        "1.9999999999s, PT1.999999999S, 1.999999999s",
        "1s1s1h, PT1H2S, 1h0m2s",
        "2562047h47m16.854775807s, PT2562047H47M16.854775807S, 2562047h47m16.854775807s"
    })
    void parse_whatGoReads_isTheSameAndWrittenAsGoDoes(String text, Duration duration, String written) {
        assertThat(GoDuration.parse(text)).isEqualTo(duration);
        assertThat(GoDuration.format(duration)).isEqualTo(written);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "5",
                "s",
                "5 s",
                "5s ",
                "1d",
                "1y",
                "P1D",
                "PT1H",
                "1H",
                "5,5s",
                "--5s",
                ".s",
                "1..5s",
                "1e3s",
                "0x1s",
                "\u0665s",
                "00",
                "2562047h47m16.854775808s",
                "99999999999999999999h"
            })
    void parse_whatGoDoesNotRead_isNamed(String text) {
        assertThatExceptionOfType(InvalidSpecException.class)
                .isThrownBy(() -> GoDuration.parse(text))
                .satisfies(e -> assertThat(e.problems().get(0).code()).isEqualTo("DurationInvalid"));
    }

    @Test
    void parse_anythingWritten_isTheSame() {
        Seeded seed = Seeds.print(GoDurationTest.class);
        for (int number = 0; number < CASES; number++) {
            long bound = 1L << (1 + seed.random().nextInt(62));
            Duration duration = Duration.ofNanos(seed.random().nextLong(-bound, bound));

            assertThat(GoDuration.parse(GoDuration.format(duration)))
                    .as(seed.toString())
                    .isEqualTo(duration);
        }
    }
}
