package io.hcp.core.internal.blueprint;

import io.hcp.api.model.EncryptionAtRest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a tenant's objects are or were encrypted with. It only grows: what was stored stays readable.
 *
 * @param keys the names of the keys, oldest first, each {@code PROVIDER-NUMBER}
 * @param resources the resources that were ever encrypted, in the order in which they came
 */
public record EncryptionState(List<String> keys, List<String> resources) {
    /** Nothing was ever encrypted. */
    public static final EncryptionState NONE = new EncryptionState(List.of(), List.of());

    private static final String DEFAULT_RESOURCE = "secrets";

    /** Copies the lists. */
    public EncryptionState {
        keys = List.copyOf(keys);
        resources = List.copyOf(resources);
    }

    /**
     * Names the key that a description asks for.
     *
     * @param wanted the description
     * @return the key's name
     */
    public static String keyFor(EncryptionAtRest wanted) {
        return wanted.provider() + "-1";
    }

    static List<String> resourcesOf(EncryptionAtRest wanted) {
        return wanted.resources().isEmpty()
                ? List.of(DEFAULT_RESOURCE)
                : wanted.resources().stream().sorted().toList();
    }

    /**
     * Returns what will have been encrypted once a description is in effect.
     *
     * @param wanted the description, if it asks for encryption
     * @return this state with its key and resources added, or the same state
     */
    public EncryptionState with(Optional<EncryptionAtRest> wanted) {
        return wanted.map(encryption -> new EncryptionState(
                        joined(keys, List.of(keyFor(encryption))), joined(resources, resourcesOf(encryption))))
                .orElse(this);
    }

    private static List<String> joined(List<String> known, List<String> more) {
        List<String> all = new ArrayList<>(known);
        more.stream().filter(item -> !known.contains(item)).forEach(all::add);
        return all;
    }
}
