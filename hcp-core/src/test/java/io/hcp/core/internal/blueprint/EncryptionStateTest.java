package io.hcp.core.internal.blueprint;

import static org.assertj.core.api.Assertions.assertThat;

import io.hcp.api.model.EncryptionAtRest;
import io.hcp.api.model.EncryptionProvider;
import io.hcp.core.fixture.Seeds;
import io.hcp.core.fixture.Seeds.Seeded;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** Whatever is encrypted one after the other, the API server takes the file, and can read all that was stored. */
class EncryptionStateTest {
    private static final int CASES = 2_000;
    private static final List<List<String>> CHOICES = List.of(
            List.of("secrets"),
            List.of("secrets", "configmaps"),
            List.of("deployments.apps"),
            List.of("*."),
            List.of("*.apps"),
            List.of("*.apps", "secrets"),
            List.of("*.*"));

    @Test
    void encryption_anySequence_hasNoEntryThatAnotherOneMasks() {
        Seeded seed = Seeds.print(EncryptionStateTest.class);
        for (int number = 0; number < CASES; number++) {
            EncryptionState state = EncryptionState.NONE;
            for (int step = 0; step < 5; step++) {
                Optional<EncryptionAtRest> wanted = seed.random().nextInt(4) == 0
                        ? Optional.empty()
                        : Optional.of(EncryptionAtRest.builder()
                                .provider(seed.oneOf(List.of(EncryptionProvider.values())))
                                .resources(seed.oneOf(CHOICES))
                                .build());
                state = state.with(wanted);
                if (!state.keys().isEmpty()) {
                    check(
                            StructuredFiles.encryption(wanted, state).template(),
                            state,
                            seed + " " + wanted + " " + state);
                }
            }
        }
    }

    private static void check(String yaml, EncryptionState state, String situation) {
        Object file = Objects.requireNonNull(new Load(LoadSettings.builder().build()).loadFromString(yaml));
        List<String> seen = new ArrayList<>();
        for (Object entry : list(file, "resources")) {
            List<String> own =
                    list(entry, "resources").stream().map(String::valueOf).toList();
            for (String resource : own) {
                List<String> others =
                        own.stream().filter(other -> !other.equals(resource)).toList();
                assertThat(EncryptedResource.isCovered(resource, others))
                        .as(situation)
                        .isFalse();
                assertThat(EncryptedResource.isCovered(resource, seen))
                        .as(situation)
                        .isFalse();
            }
            seen.addAll(own);
            assertThat(list(entry, "providers"))
                    .as("all keys, and none: " + situation)
                    .hasSize(state.keys().size() + 1);
        }
        assertThat(state.resources()).as(situation).allMatch(resource -> EncryptedResource.isCovered(resource, seen));
    }

    private static List<?> list(Object map, String field) {
        return (List<?>) Objects.requireNonNull(((Map<?, ?>) map).get(field));
    }
}
