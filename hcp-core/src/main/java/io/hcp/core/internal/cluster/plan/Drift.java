package io.hcp.core.internal.cluster.plan;

import io.hcp.api.error.InvalidSpecException;
import io.hcp.api.model.Quantity;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tells in which of the fields that are written an object differs from what was written, and which it still has though they
 * are not written any more. What others have added beside them does not count, but in maps that mean something only as a
 * whole; nor does it count that the API leaves out what is empty, and writes quantities in its own way.
 */
public final class Drift {
    /** What an item of a list may be told by, the first that tells them all apart. */
    private static final List<String> KEYS =
            List.of("name", "uid", "mountPath", "containerPort", "port", "topologyKey", "path");

    /** What holds quantities, by the name of any of its resources. */
    private static final Set<String> QUANTITIES = Set.of("requests", "limits", "sizeLimit");

    /** Maps that have one owner, who means all of it: another key selects other pods, or no node. */
    private static final Set<String> WHOLE = Set.of("selector", "matchLabels", "nodeSelector");

    private final List<String> paths = new ArrayList<>();

    private Drift() {}

    /**
     * Compares an object with what should be.
     *
     * @param wanted the fields that are written
     * @param live the object as it is
     * @return the paths of the fields that differ, without what is in them; empty if the object is as it should be
     */
    public static List<String> between(Map<String, Object> wanted, Map<String, Object> live) {
        Drift drift = new Drift();
        drift.compareMaps("", wanted, live);
        drift.paths.addAll(GivenUp.between(wanted, live));
        return drift.paths;
    }

    @SuppressWarnings("unchecked")
    private void compare(String path, Object wanted, @Nullable Object live) {
        if (wanted instanceof Map<?, ?> map) {
            compareMaps(
                    path,
                    (Map<String, Object>) map,
                    live instanceof Map<?, ?> found ? (Map<String, Object>) found : Map.of());
        } else if (wanted instanceof List<?> list) {
            compareLists(path, (List<Object>) list, live instanceof List<?> found ? (List<Object>) found : List.of());
        } else if (live == null ? !isZero(wanted) : !isSame(path, wanted, live)) {
            paths.add(path);
        }
    }

    private void compareMaps(String path, Map<String, Object> wanted, Map<String, Object> live) {
        wanted.forEach((key, value) -> compare(path.isEmpty() ? key : path + "." + key, value, live.get(key)));
        if (WHOLE.contains(path.substring(path.lastIndexOf('.') + 1))) {
            live.keySet().stream().filter(key -> !wanted.containsKey(key)).forEach(key -> paths.add(path + "." + key));
        }
    }

    private void compareLists(String path, List<Object> wanted, List<Object> live) {
        for (String key : KEYS) {
            Map<String, Object> one = keyed(wanted, key);
            Map<String, Object> other = keyed(live, key);
            if (!wanted.isEmpty() && one.size() == wanted.size() && other.size() == live.size()) {
                one.forEach((name, item) -> compare(path + "[" + name + "]", item, other.get(name)));
                return;
            }
        }
        if (wanted.size() != live.size()) {
            paths.add(path);
            return;
        }
        for (int i = 0; i < wanted.size(); i++) {
            compare(path + "[" + i + "]", wanted.get(i), live.get(i));
        }
    }

    /** Only as many as there are items if the key tells them apart. */
    private static Map<String, Object> keyed(List<Object> items, String key) {
        Map<String, Object> keyed = new LinkedHashMap<>();
        items.stream()
                .filter(Map.class::isInstance)
                .filter(item -> ((Map<?, ?>) item).containsKey(key))
                .forEach(item -> keyed.put(String.valueOf(((Map<?, ?>) item).get(key)), item));
        return keyed;
    }

    /** What the API does not store because it says nothing. */
    private static boolean isZero(Object value) {
        return value.equals(false) || value.equals("") || (value instanceof Number number && isZero(number));
    }

    private static boolean isZero(Number number) {
        return new BigDecimal(number.toString()).signum() == 0;
    }

    private static boolean isSame(String path, Object wanted, Object live) {
        if (wanted.equals(live)) {
            return true;
        }
        if (wanted instanceof Number one && live instanceof Number other) {
            return new BigDecimal(one.toString()).compareTo(new BigDecimal(other.toString())) == 0;
        }
        return isQuantity(path)
                && amount(wanted.toString())
                        .flatMap(one -> amount(live.toString()).map(other -> one.compareTo(other) == 0))
                        .orElse(false);
    }

    private static boolean isQuantity(String path) {
        Set<String> steps = new HashSet<>(List.of(path.split("\\.", -1)));
        steps.retainAll(QUANTITIES);
        return !steps.isEmpty();
    }

    /** Reads what is a number with a suffix; thousandths too, which only processors are counted in. */
    private static Optional<BigDecimal> amount(String text) {
        try {
            return Optional.of(
                    text.endsWith("m")
                            ? new BigDecimal(text.substring(0, text.length() - 1)).movePointLeft(3)
                            : plainOrBytes(text));
        } catch (NumberFormatException | InvalidSpecException e) {
            return Optional.empty();
        }
    }

    private static BigDecimal plainOrBytes(String text) {
        try {
            return new BigDecimal(text);
        } catch (NumberFormatException e) {
            return new BigDecimal(Quantity.parse(text).bytes());
        }
    }
}
