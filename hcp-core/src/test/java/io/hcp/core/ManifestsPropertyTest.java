package io.hcp.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.groups.Tuple.tuple;

import io.hcp.api.error.InvalidSpecException;
import io.hcp.api.error.Problem;
import io.hcp.api.model.TenantControlPlane;
import io.hcp.core.fixture.Seeds;
import io.hcp.core.fixture.Seeds.Seeded;
import io.hcp.core.fixture.SpecGenerator;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.json.JsonMapper;

class ManifestsPropertyTest {
    /** The names in these are the user's own. */
    private static final Set<String> OWN_NAMES = Set.of(
            "extraArgs",
            "featureGates",
            "nodeSelector",
            "labels",
            "annotations",
            "serviceLabels",
            "serviceAnnotations");

    private static final int CASES = 300;
    private static final JsonMapper STRICT = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    @Test
    void read_yamlOfAnyDescription_isTheSame() {
        Seeded seed = Seeds.print(ManifestsPropertyTest.class);
        SpecGenerator specs = new SpecGenerator(seed);
        for (int number = 0; number < CASES; number++) {
            TenantControlPlane tenant = specs.next();
            String yaml = Manifests.toYaml(tenant);

            assertThat(Manifests.read(yaml)).as("%s%n%s", seed, yaml).isEqualTo(tenant);
            assertThat(Manifests.toYaml(Manifests.read(yaml)))
                    .as(seed.toString())
                    .isEqualTo(yaml);
        }
    }

    @Test
    void read_jsonOfAnyDescription_isTheSameForUsAndForAJsonParser() {
        Seeded seed = Seeds.print(ManifestsPropertyTest.class);
        SpecGenerator specs = new SpecGenerator(seed);
        for (int number = 0; number < CASES; number++) {
            TenantControlPlane tenant = specs.next();
            String json = Manifests.toJson(tenant);

            assertThat(Manifests.read(json)).as("%s%n%s", seed, json).isEqualTo(tenant);
            assertThat(STRICT.readValue(json, Object.class))
                    .as("%s%n%s", seed, json)
                    .isEqualTo(tree(Manifests.toYaml(tenant)));
        }
    }

    @Test
    void read_anyFieldMisspelt_isNamedAtItsPath() {
        Seeded seed = Seeds.print(ManifestsPropertyTest.class);
        SpecGenerator specs = new SpecGenerator(seed);
        for (int number = 0; number < CASES; number++) {
            Map<String, Object> tree = tree(Manifests.toYaml(specs.next()));
            List<Place> places = new ArrayList<>();
            collect(tree, "", places);
            Place place = seed.oneOf(places);
            String misspelt = place.name + "x";
            place.group.put(misspelt, place.group.remove(place.name));
            String yaml = new Dump(DumpSettings.builder().build()).dumpToString(tree);

            assertThatExceptionOfType(InvalidSpecException.class)
                    .as("%s%n%s", seed, yaml)
                    .isThrownBy(() -> Manifests.read(yaml))
                    .satisfies(invalid -> assertThat(invalid.problems())
                            .as("%s%n%s", seed, yaml)
                            .extracting(Problem::code, Problem::path)
                            .contains(tuple("UnknownField", place.path + misspelt)));
        }
    }

    /** A field and the group that it stands in. */
    private record Place(Map<String, Object> group, String path, String name) {}

    private static void collect(Object tree, String path, List<Place> places) {
        if (tree instanceof List<?> list) {
            for (int i = 0; i < list.size(); i++) {
                collect(list.get(i), path + "[" + i + "]", places);
            }
        } else if (tree instanceof Map<?, ?> map) {
            @SuppressWarnings("unchecked")
            Map<String, Object> group = (Map<String, Object>) map;
            String prefix = path.isEmpty() ? "" : path + ".";
            group.forEach((name, value) -> {
                places.add(new Place(group, prefix, name));
                if (!OWN_NAMES.contains(name)) {
                    collect(value, prefix + name, places);
                }
            });
        }
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> tree(String yaml) {
        return (Map<String, Object>) new Load(LoadSettings.builder().build()).loadFromString(yaml);
    }
}
