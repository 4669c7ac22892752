package io.hcp.core.internal.blueprint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.hcp.api.model.Component;
import io.hcp.pki.Authority;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ComponentBlueprintTest {
    private static final Path FILE = Path.of("/data/a.conf");
    private static final Map<Path, String> FILES = Map.of(FILE, "content");
    private static final ComponentBlueprint BASE = blueprint("1.36.3", Map.of("name", "etcd-0", "port", "1"), FILES);

    @Test
    void digest_sameInput_isStable() {
        // Committed: another value would restart every component of every tenant on the next apply.
        assertThat(BASE.digest()).isEqualTo("e8a964abbc0d14ac");
        assertThat(blueprint("1.36.3", Map.of("port", "1", "name", "etcd-0"), Map.of(FILE, "content"))
                        .digest())
                .isEqualTo(BASE.digest());
    }

    @Test
    void digest_otherVersion_changes() {
        assertThat(blueprint("1.36.4", BASE.flags(), FILES).digest()).isNotEqualTo(BASE.digest());
    }

    @Test
    void digest_otherFlagValue_changes() {
        assertThat(blueprint("1.36.3", Map.of("name", "etcd-0", "port", "2"), FILES)
                        .digest())
                .isNotEqualTo(BASE.digest());
    }

    @Test
    void digest_oneFlagMoreOrLess_changes() {
        assertThat(blueprint("1.36.3", Map.of("name", "etcd-0"), FILES).digest())
                .isNotEqualTo(BASE.digest());
        assertThat(blueprint("1.36.3", Map.of("name", "etcd-0", "port", "1", "quiet", ""), FILES)
                        .digest())
                .isNotEqualTo(BASE.digest());
    }

    @Test
    void digest_valueMovedToTheNextFlag_changes() {
        String digest = blueprint("1", Map.of("a", "x", "b", ""), Map.of()).digest();

        assertThat(blueprint("1", Map.of("a", "", "b", "x"), Map.of()).digest()).isNotEqualTo(digest);
    }

    @Test
    void digest_otherFileNameOrContent_changes() {
        assertThat(blueprint("1.36.3", BASE.flags(), Map.of(FILE, "other")).digest())
                .isNotEqualTo(BASE.digest());
        assertThat(blueprint("1.36.3", BASE.flags(), Map.of(Path.of("/data/b.conf"), "content"))
                        .digest())
                .isNotEqualTo(BASE.digest());
        assertThat(blueprint("1.36.3", BASE.flags(), Map.of()).digest()).isNotEqualTo(BASE.digest());
    }

    @Test
    void arguments_flags_areSorted() {
        assertThat(BASE.arguments()).containsExactly("--name=etcd-0", "--port=1");
    }

    @Test
    void flags_laterChangesOfTheirSource_areNotSeen() {
        SortedMap<String, String> flags = new TreeMap<>(BASE.flags());
        ComponentBlueprint blueprint = blueprint("1.36.3", flags, FILES);
        flags.clear();

        assertThat(blueprint).isEqualTo(BASE);
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> blueprint.flags().put("name", "other"));
    }

    private static ComponentBlueprint blueprint(String version, Map<String, String> flags, Map<Path, String> files) {
        SortedMap<Path, ConfigFile> contents = new TreeMap<>();
        files.forEach((file, text) -> contents.put(file, ConfigFile.of(text)));
        return new ComponentBlueprint(
                Component.ETCD,
                version,
                flags,
                contents,
                new HealthCheck(Blueprint.LOOPBACK, 1, "/livez", "/readyz", Authority.ETCD));
    }
}
