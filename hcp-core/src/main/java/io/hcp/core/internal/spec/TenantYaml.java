package io.hcp.core.internal.spec;

import io.hcp.api.error.InvalidSpecException;
import io.hcp.api.model.TenantControlPlane;
import io.hcp.core.internal.blueprint.Ports;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** A tenant's record as YAML, in the form of a Kubernetes resource of kind {@code TenantControlPlane}. */
public final class TenantYaml {
    private static final String API_VERSION = "hcp.io/v1alpha1";
    private static final String KIND = "TenantControlPlane";

    private TenantYaml() {}

    /**
     * Writes a record.
     *
     * @param tenant the record
     * @return YAML
     */
    public static String write(TenantRecord tenant) {
        Map<String, Object> spec = new LinkedHashMap<>();
        spec.put(
                "kubernetes",
                Map.of("version", tenant.spec().kubernetesVersion().toString()));
        tenant.spec()
                .networkProfile()
                .port()
                .ifPresent(port -> spec.put("networkProfile", Map.of("port", port.number())));
        Map<String, Object> status = new LinkedHashMap<>();
        status.put("ports", tenant.ports().asList());
        status.put("bootstrapped", tenant.bootstrapped());
        status.put("deleting", tenant.deleting());
        Map<String, Object> resource = new LinkedHashMap<>();
        resource.put("apiVersion", API_VERSION);
        resource.put("kind", KIND);
        resource.put("metadata", Map.of("name", tenant.spec().name()));
        resource.put("spec", spec);
        resource.put("status", status);
        return new Dump(DumpSettings.builder()
                        .setDefaultFlowStyle(FlowStyle.BLOCK)
                        .build())
                .dumpToString(resource);
    }

    /**
     * Reads a record.
     *
     * @param yaml as {@link #write} made it
     * @return the record
     * @throws IllegalArgumentException if the text is not such a record
     */
    public static TenantRecord read(String yaml) {
        try {
            Map<?, ?> resource = map(new Load(LoadSettings.builder().build()).loadFromString(yaml), "the document");
            if (!API_VERSION.equals(resource.get("apiVersion")) || !KIND.equals(resource.get("kind"))) {
                throw new IllegalArgumentException("it is no " + KIND + " of " + API_VERSION);
            }
            Map<?, ?> status = map(resource.get("status"), "status");
            return new TenantRecord(
                    spec(resource),
                    ports(status),
                    value(status.get("bootstrapped"), Boolean.class, "status.bootstrapped"),
                    value(status.get("deleting"), Boolean.class, "status.deleting"));
        } catch (YamlEngineException | IndexOutOfBoundsException | InvalidSpecException e) {
            throw new IllegalArgumentException("it is not readable: " + e.getMessage(), e);
        }
    }

    private static Ports ports(Map<?, ?> status) {
        List<Integer> ports = list(status.get("ports")).stream()
                .map(port -> value(port, Integer.class, "status.ports"))
                .toList();
        if (ports.size() != Ports.UNASSIGNED.asList().size()
                || ports.stream().anyMatch(port -> port < 1 || port > 65_535)) {
            throw new IllegalArgumentException("status.ports are not five ports");
        }
        return Ports.of(ports);
    }

    private static TenantControlPlane spec(Map<?, ?> resource) {
        Map<?, ?> spec = map(resource.get("spec"), "spec");
        TenantControlPlane.Builder builder = TenantControlPlane.builder()
                .name(value(map(resource.get("metadata"), "metadata").get("name"), String.class, "metadata.name"))
                .kubernetesVersion(value(
                        map(spec.get("kubernetes"), "spec.kubernetes").get("version"),
                        String.class,
                        "spec.kubernetes.version"));
        if (spec.get("networkProfile") != null) {
            Map<?, ?> network = map(spec.get("networkProfile"), "spec.networkProfile");
            int port = value(network.get("port"), Integer.class, "spec.networkProfile.port");
            builder.networkProfile(profile -> profile.port(port));
        }
        return builder.build();
    }

    private static Map<?, ?> map(@Nullable Object value, String path) {
        return value(value, Map.class, path);
    }

    private static List<?> list(@Nullable Object value) {
        return value(value, List.class, "status.ports");
    }

    private static <T> T value(@Nullable Object value, Class<T> type, String path) {
        if (!type.isInstance(value)) {
            throw new IllegalArgumentException(path + " is no " + type.getSimpleName());
        }
        return type.cast(value);
    }
}
