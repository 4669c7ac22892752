package io.hcp.testbed.catalog;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The KubeletConfiguration that kubeadm starts from. */
final class KubeletDefaults {
    private static final String KIND = "KubeletConfiguration";

    private KubeletDefaults() {}

    /** What kubeadm prints, without what it found out about this machine. */
    static SortedMap<String, Object> printedBy(ReleasePrograms programs) {
        String printed = programs.run(
                        "kubeadm", List.of("config", "print", "init-defaults", "--component-configs=" + KIND))
                .orThrow();
        for (Object document : new Load(LoadSettings.builder().build()).loadAllFromString(printed)) {
            if (document instanceof Map<?, ?> map && KIND.equals(map.get("kind"))) {
                SortedMap<String, Object> defaults = new TreeMap<>();
                map.forEach((key, value) -> defaults.put((String) key, value));
                defaults.remove("resolvConf"); // printed where systemd-resolved runs
                return defaults;
            }
        }
        throw new IllegalStateException("kubeadm prints no " + KIND + ": " + printed);
    }
}
