package io.hcp.core.internal.spec;

import io.hcp.api.error.InvalidSpecException;
import io.hcp.api.error.Problem;
import io.hcp.api.model.KubeconfigRequest;
import io.hcp.api.model.TenantControlPlane;
import io.hcp.core.internal.catalog.ReleaseCatalog;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Finds all that is wrong with what a user wrote. */
public final class SpecValidator {
    private static final int MAX_NAME_LENGTH = 40;
    private static final Pattern DNS_1123_LABEL = Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?");
    private static final Pattern PRINTABLE = Pattern.compile("[^\\p{Cntrl}\\p{Cs}]*", Pattern.UNICODE_CHARACTER_CLASS);

    /** The upper bound of a common name and an organization in RFC 5280, appendix A.1. */
    private static final int MAX_SUBJECT_LENGTH = 64;

    private static final int FIRST_UNPRIVILEGED_PORT = 1024;
    private static final int LAST_PORT = 65_535;
    private static final Duration SHORTEST = Duration.ofMinutes(1);
    private static final Duration LONGEST = Duration.ofDays(365);

    private SpecValidator() {}

    /**
     * Checks a description.
     *
     * @param tenant what the user wrote
     * @throws InvalidSpecException with every problem, if there is one
     */
    public static void check(TenantControlPlane tenant) {
        List<Problem> problems = new ArrayList<>(nameProblems(tenant.name()));
        if (ReleaseCatalog.bundled().find(tenant.kubernetesVersion()).isEmpty()) {
            problems.add(Problem.of(
                    "KubernetesVersionUnknown",
                    "spec.kubernetes.version",
                    tenant.kubernetesVersion(),
                    "use a release of one of the minors "
                            + String.join(", ", ReleaseCatalog.bundled().minors())));
        }
        tenant.networkProfile().port().ifPresent(port -> {
            if (port.number() < FIRST_UNPRIVILEGED_PORT) {
                problems.add(Problem.of(
                        "PortOutOfRange",
                        "spec.networkProfile.port",
                        port,
                        "use a port from " + FIRST_UNPRIVILEGED_PORT + " to " + LAST_PORT));
            }
        });
        fail(problems);
    }

    /**
     * Checks a tenant's name alone.
     *
     * @param name what the user wrote
     * @throws InvalidSpecException if it breaks a rule
     */
    public static void checkName(String name) {
        fail(nameProblems(name));
    }

    /**
     * Checks a request for a kubeconfig.
     *
     * @param request what the user wrote
     * @throws InvalidSpecException with every problem, if there is one
     */
    public static void check(KubeconfigRequest request) {
        List<Problem> problems = new ArrayList<>();
        nameProblem("User", "user", request.user()).ifPresent(problems::add);
        request.groups().forEach(group -> nameProblem("Group", "groups", group).ifPresent(problems::add));
        if (request.validFor().compareTo(SHORTEST) < 0 || request.validFor().compareTo(LONGEST) > 0) {
            problems.add(Problem.of(
                    "ValidityOutOfRange", "validFor", request.validFor(), "use 1 minute (PT1M) to 365 days (PT8760H)"));
        }
        fail(problems);
    }

    private static Optional<Problem> nameProblem(String what, String path, String name) {
        if (name.isBlank()
                || !name.equals(name.strip())
                || !PRINTABLE.matcher(name).matches()) {
            return Optional.of(
                    Problem.of(what + "Invalid", path, name, "use printable text without blanks at the ends"));
        }
        if (name.length() > MAX_SUBJECT_LENGTH) {
            String shown = name.substring(0, MAX_SUBJECT_LENGTH) + "...";
            return Optional.of(Problem.of(
                    what + "TooLong",
                    path,
                    shown,
                    "use at most " + MAX_SUBJECT_LENGTH + " characters, which X.509 allows"));
        }
        if (name.startsWith("system:")) {
            return Optional.of(Problem.of(
                    what + "Forbidden",
                    path,
                    name,
                    "use a name of your own, or group " + KubeconfigRequest.ADMINISTRATORS
                            + ": Kubernetes keeps system: for itself"));
        }
        return Optional.empty();
    }

    /**
     * Tells whether a text can be a tenant's name.
     *
     * @param name any text
     * @return true if no rule is broken
     */
    public static boolean isName(String name) {
        return nameProblems(name).isEmpty();
    }

    private static List<Problem> nameProblems(String name) {
        if (name.length() <= MAX_NAME_LENGTH && DNS_1123_LABEL.matcher(name).matches()) {
            return List.of();
        }
        return List.of(Problem.of(
                "NameInvalid",
                "metadata.name",
                name,
                "use at most 40 lower-case letters, digits and hyphens, with a letter or digit at both ends"));
    }

    private static void fail(List<Problem> problems) {
        if (!problems.isEmpty()) {
            throw new InvalidSpecException(problems);
        }
    }
}
