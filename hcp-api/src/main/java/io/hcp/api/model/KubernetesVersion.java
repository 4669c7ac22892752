package io.hcp.api.model;

import io.hcp.api.error.InvalidSpecException;
import io.hcp.api.error.Problem;
import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A released version of Kubernetes, ordered by age.
 *
 * @param major the major version, 1 today
 * @param minor the minor version, for example 36
 * @param patch the patch release of the minor
 * @see <a href="https://kubernetes.io/releases/version-skew-policy/">Kubernetes version skew policy</a>
 */
public record KubernetesVersion(int major, int minor, int patch) implements Comparable<KubernetesVersion> {
    private static final Pattern RELEASE = Pattern.compile("v?(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})");
    private static final Comparator<KubernetesVersion> BY_AGE = Comparator.comparingInt(KubernetesVersion::major)
            .thenComparingInt(KubernetesVersion::minor)
            .thenComparingInt(KubernetesVersion::patch);

    /**
     * Reads a version as the project writes it, with or without the leading {@code v}.
     *
     * @param text for example {@code 1.36.3} or {@code v1.36.3}
     * @return the version
     * @throws InvalidSpecException if the text is not a released version; pre-releases are not accepted
     */
    public static KubernetesVersion parse(String text) {
        Matcher matcher = RELEASE.matcher(text);
        if (!matcher.matches()) {
            throw new InvalidSpecException(Problem.of(
                    "KubernetesVersionInvalid",
                    "",
                    text,
                    "write a released version as MAJOR.MINOR.PATCH, for example 1.36.3"));
        }
        return new KubernetesVersion(
                Integer.parseInt(matcher.group(1)),
                Integer.parseInt(matcher.group(2)),
                Integer.parseInt(matcher.group(3)));
    }

    /**
     * Returns the minor that decides what a control plane needs.
     *
     * @return for example {@code 1.36}
     */
    public String minorVersion() {
        return major + "." + minor;
    }

    @Override
    public int compareTo(KubernetesVersion other) {
        return BY_AGE.compare(this, other);
    }

    /** Returns the version without a leading {@code v}, for example {@code 1.36.3}. */
    @Override
    public String toString() {
        return major + "." + minor + "." + patch;
    }
}
