package io.hcp.core.internal.spec;

import io.hcp.api.error.InvalidSpecException;
import io.hcp.api.error.Problem;
import io.hcp.api.model.KubeconfigRequest;
import io.hcp.api.model.TenantControlPlane;
import io.hcp.core.internal.spec.form.Problems;
import io.hcp.core.internal.spec.rules.AdmissionRules;
import io.hcp.core.internal.spec.rules.AuditRules;
import io.hcp.core.internal.spec.rules.ChangeRules;
import io.hcp.core.internal.spec.rules.DataStoreRules;
import io.hcp.core.internal.spec.rules.EncryptionRules;
import io.hcp.core.internal.spec.rules.FeatureRules;
import io.hcp.core.internal.spec.rules.FlagRules;
import io.hcp.core.internal.spec.rules.IssuerRules;
import io.hcp.core.internal.spec.rules.NetworkRules;
import io.hcp.core.internal.spec.rules.NodeRangeRules;
import io.hcp.core.internal.spec.rules.PkiRules;
import io.hcp.core.internal.spec.rules.PodRules;
import io.hcp.core.internal.spec.rules.RangeRules;
import io.hcp.core.internal.spec.rules.ResourceRules;
import io.hcp.core.internal.spec.rules.Rule;
import io.hcp.core.internal.spec.rules.TenantRules;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Finds all that is wrong with what a user wrote, before anything is written. Pure. */
public final class SpecValidator {
    private static final List<Rule> RULES = Stream.of(
                    TenantRules.ALL,
                    FlagRules.ALL,
                    FeatureRules.ALL,
                    AdmissionRules.ALL,
                    IssuerRules.ALL,
                    AuditRules.ALL,
                    EncryptionRules.ALL,
                    NetworkRules.ALL,
                    RangeRules.ALL,
                    NodeRangeRules.ALL,
                    DataStoreRules.ALL,
                    PkiRules.ALL,
                    PodRules.ALL,
                    ResourceRules.ALL)
            .flatMap(List::stream)
            .toList();

    private static final Pattern PRINTABLE = Pattern.compile("[^\\p{Cntrl}\\p{Cs}]*", Pattern.UNICODE_CHARACTER_CLASS);

    /** The upper bound of a common name and an organization in RFC 5280, appendix A.1. */
    private static final int MAX_SUBJECT_LENGTH = 64;

    private static final Duration SHORTEST = Duration.ofMinutes(1);
    private static final Duration LONGEST = Duration.ofDays(365);

    private SpecValidator() {}

    /**
     * Checks a description that any backend could carry out.
     *
     * @param tenant the description, with defaults resolved: ranges that are unset are not compared with others
     * @throws InvalidSpecException with every problem, if there is one
     */
    public static void check(TenantControlPlane tenant) {
        check(tenant, List.of());
    }

    /**
     * Checks a description for one backend.
     *
     * @param tenant the description, with defaults resolved: ranges that are unset are not compared with others
     * @param backend what else the backend demands
     * @throws InvalidSpecException with every problem, if there is one
     */
    public static void check(TenantControlPlane tenant, List<Rule> backend) {
        Problems problems = new Problems();
        RULES.forEach(rule -> rule.check(tenant, problems));
        backend.forEach(rule -> rule.check(tenant, problems));
        problems.throwIfAny();
    }

    /**
     * Checks whether a tenant can become what is wanted. What is unset in the wanted description stays as it is.
     *
     * @param stored the tenant's present description
     * @param wanted what the user wrote
     * @throws InvalidSpecException with every change that is not possible, if there is one
     */
    public static void checkChange(TenantControlPlane stored, TenantControlPlane wanted) {
        Problems problems = new Problems();
        TenantControlPlane present = SpecDefaults.resolve(stored, Optional.empty());
        ChangeRules.check(present, SpecDefaults.resolve(wanted, Optional.of(present)), problems);
        problems.throwIfAny();
    }

    /**
     * Checks a tenant's name alone.
     *
     * @param name what the user wrote
     * @throws InvalidSpecException if it breaks a rule
     */
    public static void checkName(String name) {
        Problems problems = new Problems();
        TenantRules.name(name, problems);
        problems.throwIfAny();
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
        if (!problems.isEmpty()) {
            throw new InvalidSpecException(problems);
        }
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
        Problems problems = new Problems();
        TenantRules.name(name, problems);
        return problems.size() == 0;
    }
}
