package io.hcp.core.internal.component;

import io.hcp.api.error.InvalidSpecException;
import io.hcp.api.error.Problem;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A program in one version.
 *
 * @param name the name of its file, for example {@code kube-apiserver}
 * @param version its version without a leading {@code v}, for example {@code 1.36.3}
 */
public record Program(String name, String version) {
    private static final Pattern RELEASE = Pattern.compile("\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}");

    /**
     * Checks both parts, which become parts of paths and addresses.
     *
     * @throws InvalidSpecException if the program is not a known one or the version not a released one
     */
    public Program {
        if (Family.find(name).isEmpty()) {
            throw new InvalidSpecException(
                    Problem.of("ProgramUnknown", "program.name", name, "name one of " + Family.allNames()));
        }
        if (!RELEASE.matcher(version).matches()) {
            throw new InvalidSpecException(Problem.of(
                    "ProgramVersionInvalid", "program.version", version, "write MAJOR.MINOR.PATCH without a v"));
        }
    }

    /**
     * Returns the versions of a program that can be built from source.
     *
     * @param name the name of its file
     * @return oldest first; empty for an unknown program
     */
    public static List<String> buildableVersions(String name) {
        return Family.find(name).map(Family::recipeVersions).orElse(List.of());
    }

    Family family() {
        return Family.find(name).orElseThrow();
    }

    /** Returns name and version as messages show them, for example {@code kube-apiserver 1.36.3}. */
    @Override
    public String toString() {
        return name + " " + version;
    }
}
