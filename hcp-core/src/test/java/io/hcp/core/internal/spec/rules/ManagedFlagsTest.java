package io.hcp.core.internal.spec.rules;

import io.hcp.api.model.Component;
import io.hcp.api.model.KubernetesVersion;
import io.hcp.core.fixture.Goldens;
import io.hcp.core.internal.catalog.Release;
import io.hcp.core.internal.catalog.ReleaseCatalog;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ManagedFlagsTest {
    /** A flag that a new minor brings appears here as free: whoever adds the minor decides whether it is. */
    @Test
    void remedy_everyFlagOfEveryMinor_isDecided() {
        StringBuilder decisions = new StringBuilder();
        for (Component component : Component.values()) {
            TreeSet<String> flags = new TreeSet<>();
            for (String minor : ReleaseCatalog.bundled().minors()) {
                Release release = ReleaseCatalog.bundled()
                        .find(KubernetesVersion.parse(minor + ".0"))
                        .orElseThrow();
                flags.addAll(release.flags(component).keySet());
            }
            TreeMap<String, TreeSet<String>> byRemedy = new TreeMap<>();
            flags.forEach(flag -> byRemedy.computeIfAbsent(
                            ManagedFlags.remedy(component, flag).orElse("(free)"), remedy -> new TreeSet<>())
                    .add(flag));
            decisions.append(byRemedy.entrySet().stream()
                    .map(entry -> entry.getKey() + "\n  " + String.join("\n  ", entry.getValue()))
                    .collect(Collectors.joining("\n", component + "\n", "\n\n")));
        }
        Goldens.assertMatches(
                ManagedFlagsTest.class, "flags", decisions.toString().strip());
    }
}
