package io.hcp.core.internal.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

class PortableYamlTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "y", "N", "yes", "Off", "ON", "true", "null", "~", "0777", "0x1f", "0b1", "0o7", "1_000", "12", "1.5",
                "1e3", ".5", "+1", "-1", ".inf", ".NaN", "2026-01-01", "12:30:45", "<<", "=", "", " ", "*", "&a", "!t",
                "1.36", "014"
            })
    void write_textThatCouldBeSomethingElse_isQuoted(String text) {
        String yaml = PortableYaml.write(Map.of("a", text));

        assertThat(yaml).matches("a: (\".*\"|'.*')\n");
        assertThat(new Load(LoadSettings.builder().build()).loadFromString(yaml))
                .isEqualTo(Map.of("a", text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"yesterday", "none", "truely", "secrets", "1.36.3", "10.96.0.0/12", "/healthz", "a-b.c"})
    void write_textThatIsNothingElse_isPlain(String text) {
        assertThat(PortableYaml.write(Map.of("a", text))).isEqualTo("a: " + text + "\n");
    }

    @Test
    void write_otherValuesAndKeys_areThemselves() {
        assertThat(PortableYaml.write(Map.of("on", List.of(true, 7)))).isEqualTo("'on':\n- true\n- 7\n");
    }
}
