package io.hcp.testbed.pods;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Probe;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** What kubeadm gives to the components of one minor, as it was recorded from the real one. */
final class KubeadmFlags {
    /** Where a container listens and which files it has is not what is compared. */
    private static final Set<String> OF_PODS = Set.of(
            "--bind-address",
            "--secure-port",
            "--tls-cert-file",
            "--tls-private-key-file",
            "--initial-cluster-token",
            "--advertise-address");

    private static final int PERIOD = 10;

    private final Map<String, SortedMap<String, String>> components = new LinkedHashMap<>();

    private KubeadmFlags(String text) {
        SortedMap<String, String> section = new TreeMap<>();
        for (String line : text.lines().toList()) {
            if (line.startsWith("[")) {
                section = new TreeMap<>();
                components.put(line.substring(1, line.length() - 1), section);
            } else if (line.startsWith("--")) {
                section.put(line.substring(0, line.indexOf(" = ")), line.substring(line.indexOf(" = ") + 3));
            }
        }
    }

    static KubeadmFlags of(String minor) {
        String name = "/io/hcp/testbed/catalog/kubeadm-" + minor + ".txt";
        try (InputStream file = Objects.requireNonNull(KubeadmFlags.class.getResourceAsStream(name), name)) {
            return new KubeadmFlags(new String(file.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Gives a container kubeadm's flags in place of ours, no environment, and probes each ten seconds. */
    void apply(Container container) {
        SortedMap<String, String> flags = new TreeMap<>();
        container.getArgs().forEach(arg -> {
            int end = arg.indexOf('=');
            flags.put(arg.substring(0, end), arg.substring(end + 1));
        });
        SortedMap<String, String> kubeadm = Objects.requireNonNull(components.get(container.getName()));
        flags.keySet().removeIf(flag -> !kubeadm.containsKey(flag) && !OF_PODS.contains(flag));
        kubeadm.forEach((flag, value) -> {
            // Files and addresses are those of the pod.
            if (!value.startsWith("<") && !value.contains("://") && !OF_PODS.contains(flag) && !isPlaced(flag)) {
                flags.put(flag, value);
            }
        });
        container.setArgs(flags.entrySet().stream()
                .map(flag -> flag.getKey() + "=" + flag.getValue())
                .toList());
        container.setEnv(container.getEnv().stream()
                .filter(variable -> variable.getValueFrom() != null)
                .toList());
        for (Probe probe : probes(container)) {
            probe.setPeriodSeconds(PERIOD);
        }
    }

    private static boolean isPlaced(String flag) {
        return List.of("--name", "--cluster-cidr", "--service-cluster-ip-range").contains(flag);
    }

    private static List<Probe> probes(Container container) {
        return Arrays.asList(container.getStartupProbe(), container.getReadinessProbe(), container.getLivenessProbe())
                .stream()
                .filter(Objects::nonNull)
                .toList();
    }
}
