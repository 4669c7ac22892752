package io.hcp.core.internal.blueprint;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The flags of one program while they are put together; a later value of a flag replaces an earlier one. */
final class Flags {
    private final SortedMap<String, String> values = new TreeMap<>();

    Flags set(String name, Object value) {
        values.put(name, value.toString());
        return this;
    }

    Flags set(String name, Optional<?> value) {
        value.ifPresent(present -> set(name, present));
        return this;
    }

    /** Sets a flag to a list of values, unless it is empty. */
    Flags list(String name, Iterable<?> items) {
        StringBuilder joined = new StringBuilder();
        items.forEach(item -> joined.append(joined.isEmpty() ? "" : ",").append(item));
        return joined.isEmpty() ? this : set(name, joined);
    }

    Flags file(String name, Path file) {
        return set(name, file);
    }

    /** Sets the pair of flags for a certificate and its key. */
    Flags credential(String certificateFlag, String keyFlag, TenantLayout layout, String stem) {
        return file(certificateFlag, layout.certificate(stem)).file(keyFlag, layout.key(stem));
    }

    /** Adds what the user wrote; the validator has refused what would harm. */
    Flags add(Map<String, String> extra) {
        values.putAll(extra);
        return this;
    }

    SortedMap<String, String> values() {
        return values;
    }
}
