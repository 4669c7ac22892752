package io.hcp.core.internal.usage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class MetricLineTest {
    private static MetricLine parse(String line) {
        return MetricLine.after(MetricLine.name(line), line);
    }

    @Test
    void name_commentOrBlank_isEmpty() {
        assertThat(MetricLine.name("# TYPE up gauge")).isEmpty();
        assertThat(MetricLine.name("")).isEmpty();
        assertThat(MetricLine.name("up 1")).isEqualTo("up");
        assertThat(MetricLine.name("job:up:sum{a=\"b\"} 1")).isEqualTo("job:up:sum");
    }

    @Test
    void after_forms_areRead() {
        assertThat(parse("up 1")).isEqualTo(new MetricLine(Map.of(), 1));
        assertThat(parse("up{} 2.5e+03")).isEqualTo(new MetricLine(Map.of(), 2500));
        assertThat(parse("up { a=\"1\" , b=\"2\", }  3 1700000000000"))
                .isEqualTo(new MetricLine(Map.of("a", "1", "b", "2"), 3));
        assertThat(parse("up{le=\"+Inf\"} +Inf").value()).isInfinite();
        assertThat(parse("up NaN").value()).isNaN();
    }

    @Test
    void after_escapesAndBraces_areTheValues() {
        assertThat(parse("x{path=\"C:\\\\a\\n\\\"}{,=\",b=\"é\"} 4").labels())
                .isEqualTo(Map.of("path", "C:\\a\n\"}{,=", "b", "é"));
    }

    @Test
    void after_otherText_isRefused() {
        assertThatThrownBy(() -> parse("up{a=\"b")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> parse("up{a=\"b\"")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> parse("up{a} 1")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> parse("up{a=\"b\"} one")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> parse("up")).isInstanceOf(IllegalArgumentException.class);
    }
}
