package io.hcp.core.internal.spec.form;

import static org.assertj.core.api.Assertions.assertThat;

import io.hcp.core.fixture.Seeds;
import io.hcp.core.fixture.Seeds.Seeded;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class JsonTextTest {
    private static final int CASES = 300;
    private static final JsonMapper STRICT = JsonMapper.builder().build();

    @Test
    void write_everySortOfValue_isIndentedJson() {
        Map<String, Object> tree = new TreeMap<>(Map.of(
                "a", List.of(1, List.of(), Map.of()), "b", Map.of("c", true), "d", "\"\\/\n\t\r\u0000\u007f\u2028"));

        assertThat(JsonText.write(tree)).isEqualTo("""
                {
                  "a": [
                    1,
                    [],
                    {}
                  ],
                  "b": {
                    "c": true
                  },
                  "d": "\\"\\\\/\\n\\t\\u000d\\u0000\\u007f\\u2028"
                }
                """);
    }

    @Test
    void write_anyCharacters_areReadByAJsonParserAndAsYaml() {
        Seeded seed = Seeds.print(JsonTextTest.class);
        for (int number = 0; number < CASES; number++) {
            String text = seed.random()
                    .ints(20, 0, Character.MAX_CODE_POINT + 1)
                    .map(point -> seed.random().nextBoolean() ? point % 0x300 : point)
                    .filter(point -> point < 0xd800 || point > 0xdfff)
                    .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                    .toString();
            String json = JsonText.write(Map.of(text, List.of(text)));

            assertThat(STRICT.readValue(json, Object.class)).as(seed.toString()).isEqualTo(Map.of(text, List.of(text)));
            assertThat(YamlText.read(json)).as("%s%n%s", seed, json).isEqualTo(Map.of(text, List.of(text)));
        }
    }
}
