package io.hcp.core.internal.plan;

import io.hcp.api.model.TenantControlPlane;
import io.hcp.api.plan.FieldChange;
import io.hcp.core.internal.spec.form.Documents;
import java.util.Collections;
import java.util.List;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** The fields in which two descriptions differ. */
public final class Changes {
    /** A group that is there with nothing in it; if it has something, that is what is told. */
    private static final String EMPTY_GROUP = "{}";

    private Changes() {}

    /**
     * Compares descriptions.
     *
     * @param stored the one that is there, if there is one
     * @param wanted the one that is to be
     * @return the fields in which they differ, by path
     */
    public static List<FieldChange> between(Optional<TenantControlPlane> stored, TenantControlPlane wanted) {
        if (stored.filter(wanted::equals).isPresent()) {
            return List.of();
        }
        SortedMap<String, String> before = stored.map(Documents::values).orElseGet(Collections::emptySortedMap);
        SortedMap<String, String> after = Documents.values(wanted);
        SortedMap<String, String> all = new TreeMap<>(before);
        all.putAll(after);
        NavigableSet<String> paths = new TreeSet<>(all.keySet());
        paths.removeIf(path -> EMPTY_GROUP.equals(all.get(path)) && hasPart(paths, path));
        return paths.stream()
                .filter(path -> !Objects.equals(before.get(path), after.get(path)))
                .map(path -> new FieldChange(
                        path, Optional.ofNullable(before.get(path)), Optional.ofNullable(after.get(path))))
                .toList();
    }

    private static boolean hasPart(NavigableSet<String> paths, String group) {
        String next = paths.higher(group + ".");
        return next != null && next.startsWith(group + ".");
    }
}
