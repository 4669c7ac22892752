package io.hcp.api;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What a library needs in the under cluster once, beside all tenants, and what is done about it.
 *
 * @param changes one for each object, in the order in which they are made
 */
public record Installation(List<Change> changes) {
    /** Copies the list, keeping nothing of the caller's. */
    public Installation {
        changes = List.copyOf(changes);
    }

    /** What is done about an object. */
    public enum Action {
        /** It is made. */
        CREATE,
        /** It is brought to what this version of the library needs. */
        UPDATE,
        /** It is as it should be. */
        NONE,
        /** It is left alone: a newer version of the library made it. */
        KEEP
    }

    /**
     * One object.
     *
     * @param kind its kind, for example {@code CustomResourceDefinition}
     * @param name its name
     * @param action what is done about it
     * @param reason why, in a few words; empty if that goes without saying
     */
    public record Change(String kind, String name, Action action, String reason) {
        @Override
        public String toString() {
            String what = action.name().toLowerCase(Locale.ROOT);
            return "%-6s %s %s%s".formatted(what, kind, name, reason.isEmpty() ? "" : ": " + reason);
        }
    }

    /** {@return true if nothing has to be written} */
    public boolean isEmpty() {
        return changes.stream()
                .noneMatch(change -> change.action() == Action.CREATE || change.action() == Action.UPDATE);
    }

    /** {@return a line for each object} */
    @Override
    public String toString() {
        return changes.stream().map(Change::toString).collect(Collectors.joining("\n"));
    }
}
