package io.hcp.core.internal.catalog;

import io.hcp.api.error.InvalidSpecException;
import io.hcp.api.model.Component;
import io.hcp.api.model.KubernetesVersion;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** Reads the data file of one minor: three documents, the last two with nothing but gates and flags. */
public final class ReleaseYaml {
    /** The programs that know a gate for which the file names none. */
    private static final List<Component> KUBERNETES =
            List.of(Component.KUBE_APISERVER, Component.KUBE_CONTROLLER_MANAGER, Component.KUBE_SCHEDULER);

    private static final Pattern SEPARATOR = Pattern.compile("^---\n", Pattern.MULTILINE);
    private static final int DOCUMENTS = 3;

    private ReleaseYaml() {}

    /**
     * Reads a release; its gates and flags when they are needed.
     *
     * @param minor for example {@code 1.36}
     * @param yaml the file
     * @return the release
     * @throws IllegalStateException if something is missing or has the wrong form; the message says where. The methods of
     *     the release throw the same
     */
    public static Release read(String minor, String yaml) {
        return checked(minor, () -> {
            String[] documents = SEPARATOR.split(yaml, -1);
            if (documents.length != DOCUMENTS) {
                throw new IllegalArgumentException("it has " + documents.length + " documents instead of " + DOCUMENTS);
            }
            Map<?, ?> head = document(documents[0]);
            Versions versions = versions(map(head.get("versions"), "versions"));
            if (!versions.kubernetes().minorVersion().equals(minor)) {
                throw new IllegalArgumentException("it was taken from " + versions.kubernetes());
            }
            return new Release(
                    versions,
                    configuration(head),
                    () -> checked(minor, () -> entries(document(documents[1]), "gates", ReleaseYaml::gate)),
                    () -> checked(minor, () -> flags(document(documents[2]))));
        });
    }

    private static <T> T checked(String minor, Supplier<T> reading) {
        try {
            return reading.get();
        } catch (IllegalArgumentException | YamlEngineException | InvalidSpecException e) {
            throw new IllegalStateException("the data of Kubernetes " + minor + " is damaged: " + e.getMessage(), e);
        }
    }

    private static Map<?, ?> document(String yaml) {
        return map(new Load(LoadSettings.builder().build()).loadFromString(yaml), "a document");
    }

    private static Configuration configuration(Map<?, ?> head) {
        return new Configuration(
                entries(head, "admissionPlugins", (name, enabled) -> bool(enabled, "admissionPlugins." + name)),
                entries(head, "apiVersions", (kind, versions) -> strings(versions, "apiVersions." + kind)),
                entries(head, "kubeletDefaults", ReleaseYaml::frozen));
    }

    private static Map<Component, SortedMap<String, Flag>> flags(Map<?, ?> document) {
        Map<Component, SortedMap<String, Flag>> flags = new EnumMap<>(Component.class);
        map(document.get("flags"), "flags")
                .forEach((name, some) -> flags.put(
                        component(text(name, "a key"), "flags"), each(map(some, "flags." + name), ReleaseYaml::flag)));
        for (Component component : Component.values()) {
            if (!flags.containsKey(component)) {
                throw new IllegalArgumentException("flags." + component + " is missing");
            }
        }
        return flags;
    }

    private static Versions versions(Map<?, ?> versions) {
        return new Versions(
                KubernetesVersion.parse(text(versions.get("kubernetes"), "versions.kubernetes")),
                text(versions.get("etcd"), "versions.etcd"),
                text(versions.get("coredns"), "versions.coredns"),
                text(versions.get("pause"), "versions.pause"));
    }

    private static Flag flag(String name, @Nullable Object value) {
        Map<?, ?> flag = map(value, "flag " + name);
        return new Flag(
                name,
                text(flag.get("type"), "type of flag " + name),
                flag.get("deprecated") != null && bool(flag.get("deprecated"), "deprecated of flag " + name));
    }

    private static Gate gate(String name, @Nullable Object value) {
        String path = "gates." + name;
        Map<?, ?> gate = map(value, path);
        return new Gate(
                name,
                one(Stage.values(), Stage::name, text(gate.get("stage"), path + ".stage"), path + ".stage"),
                bool(gate.get("default"), path + ".default"),
                bool(gate.get("locked"), path + ".locked"),
                components(gate, path, "components", KUBERNETES),
                components(gate, path, "exceptions", List.of()),
                gate.containsKey("requires")
                        ? Set.copyOf(strings(gate.get("requires"), path + ".requires"))
                        : Set.of());
    }

    private static Set<Component> components(Map<?, ?> gate, String path, String key, List<Component> otherwise) {
        String list = path + "." + key;
        return gate.containsKey(key)
                ? strings(gate.get(key), list).stream()
                        .map(name -> component(name, list))
                        .collect(Collectors.toSet())
                : Set.copyOf(otherwise);
    }

    private static Component component(String name, String path) {
        return one(Component.values(), Component::binaryName, name, path);
    }

    private static <T> T one(T[] values, Function<T, String> name, String wanted, String path) {
        Optional<T> found = Arrays.stream(values)
                .filter(value -> name.apply(value).equals(wanted))
                .findFirst();
        return found.orElseThrow(() -> new IllegalArgumentException(path + " has \"" + wanted + "\", which is none of "
                + Arrays.stream(values).map(name).collect(Collectors.joining(", "))));
    }

    private static <T> SortedMap<String, T> entries(
            Map<?, ?> file, String section, BiFunction<String, @Nullable Object, T> reader) {
        Map<?, ?> entries = map(file.get(section), section);
        if (entries.isEmpty()) {
            throw new IllegalArgumentException(section + " is empty");
        }
        return each(entries, reader);
    }

    private static <T> SortedMap<String, T> each(Map<?, ?> map, BiFunction<String, @Nullable Object, T> reader) {
        SortedMap<String, T> result = new TreeMap<>();
        map.forEach((key, value) -> result.put(text(key, "a key"), reader.apply(text(key, "a key"), value)));
        return result;
    }

    /** Makes lists and maps unmodifiable, all the way down. */
    private static Object frozen(String path, @Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> copy = new LinkedHashMap<>();
            map.forEach((key, inner) -> copy.put(String.valueOf(key), frozen(path + "." + key, inner)));
            return Collections.unmodifiableMap(copy);
        }
        if (value instanceof List<?> list) {
            return list.stream().map(inner -> frozen(path, inner)).toList();
        }
        if (value == null) {
            throw new IllegalArgumentException("kubeletDefaults." + path + " is empty");
        }
        return value;
    }

    private static List<String> strings(@Nullable Object value, String path) {
        Stream<?> items = value(value, List.class, path).stream();
        return items.map(item -> text(item, path)).toList();
    }

    private static Map<?, ?> map(@Nullable Object value, String path) {
        return value(value, Map.class, path);
    }

    private static String text(@Nullable Object value, String path) {
        return value(value, String.class, path);
    }

    private static boolean bool(@Nullable Object value, String path) {
        return value(value, Boolean.class, path);
    }

    private static <T> T value(@Nullable Object value, Class<T> type, String path) {
        if (!type.isInstance(value)) {
            throw new IllegalArgumentException(
                    path + (value == null ? " is missing" : " is no " + type.getSimpleName()));
        }
        return type.cast(value);
    }
}
