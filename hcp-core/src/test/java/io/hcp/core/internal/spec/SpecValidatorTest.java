package io.hcp.core.internal.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import io.hcp.api.error.InvalidSpecException;
import io.hcp.api.error.Problem;
import io.hcp.api.model.ExposureType;
import io.hcp.api.model.KubeconfigRequest;
import io.hcp.api.model.TenantControlPlane;
import io.hcp.api.model.TokenRule;
import io.hcp.core.internal.spec.rules.LocalRules;
import java.time.Duration;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpecValidatorTest {
    private static final String NAME_REMEDY =
            "use at most 40 lower-case letters, digits and hyphens, with a letter or digit at both ends";
    private static final TenantControlPlane ACME = TenantControlPlane.builder()
            .name("acme")
            .kubernetesVersion("1.36.3")
            .build();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "-",
                "-acme",
                "acme-",
                "Acme",
                "ACME",
                "ac me",
                "acme ",
                "ac_me",
                "ac.me",
                "ac/me",
                "..",
                "../acme",
                "acme\n",
                "ac\0me",
                "äcme",
                "acme\u00e9",
                "x234567890123456789012345678901234567890x"
            })
    void check_invalidName_isNamed(String name) {
        Problem problem = new Problem("NameInvalid", "metadata.name", name, NAME_REMEDY);

        assertProblems(() -> SpecValidator.check(ACME.withName(name)), problem);
        assertProblems(() -> SpecValidator.checkName(name), problem);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "0", "acme", "a-b", "a--b", "123", "x23456789012345678901234567890123456789x"})
    void check_validName_passes(String name) {
        assertThatNoException().isThrownBy(() -> SpecValidator.check(ACME.withName(name)));
        assertThatNoException().isThrownBy(() -> SpecValidator.checkName(name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.33.9", "1.38.0", "2.36.3", "0.0.0"})
    void check_unknownVersion_isNamed(String version) {
        assertProblems(
                () -> SpecValidator.check(ACME.withKubernetesVersion(version)),
                new Problem(
                        "KubernetesVersionUnknown",
                        "spec.kubernetes.version",
                        version,
                        "use a release of one of the minors 1.34, 1.35, 1.36, 1.37"));
    }

    @Test
    void check_severalProblems_namesAllAtOnce() {
        TenantControlPlane wrong =
                ACME.withName("Acme").withKubernetesVersion("1.33.0").withNetworkProfile(n -> n.port(1));

        assertThatExceptionOfType(InvalidSpecException.class)
                .isThrownBy(() -> SpecValidator.check(wrong, LocalRules.ALL))
                .withMessage("""
                        3 problems:
                          NameInvalid: metadata.name is "Acme"; %s
                          KubernetesVersionUnknown: spec.kubernetes.version is "1.33.0"; use a release of one of the \
                        minors 1.34, 1.35, 1.36, 1.37
                          NotSupportedByBackend: spec.networkProfile.port is "1"; use a port from 1024 to 65535
                        . Remedy: correct the named fields and call again""".formatted(NAME_REMEDY));
    }

    /** Remedies are for people; what they say is part of the contract. */
    @Test
    void check_namesOfKubernetes_haveHelpfulRemedies() {
        assertProblems(
                () -> SpecValidator.check(ACME.withControlPlane(c -> c.apiServer(a -> a.putExtraArg("profilng", "false")
                                .putExtraArg("oidc-issuer-url", "https://a")
                                .putExtraArg("token-auth-file", "x"))
                        .scheduler(a -> a.putExtraArg("--v", "2")))),
                new Problem(
                        "FlagManaged",
                        "spec.controlPlane.apiServer.extraArgs[oidc-issuer-url]",
                        "oidc-issuer-url",
                        "use the field spec.kubernetes.authentication.jwt"),
                new Problem(
                        "FlagUnknown",
                        "spec.controlPlane.apiServer.extraArgs[profilng]",
                        "profilng",
                        "did you mean profiling? use a flag of kube-apiserver of 1.36"),
                new Problem(
                        "FlagManaged",
                        "spec.controlPlane.apiServer.extraArgs[token-auth-file]",
                        "token-auth-file",
                        "leave it out: such passwords cannot be revoked; ask for a kubeconfig, or use the field"
                                + " spec.kubernetes.authentication.jwt"),
                new Problem(
                        "FlagNameInvalid",
                        "spec.controlPlane.scheduler.extraArgs[--v]",
                        "--v",
                        "write the name as the program's help has it, without leading dashes and value"));
    }

    @Test
    void check_gatesAndPluginsOfOtherMinors_areTold() {
        TenantControlPlane older = ACME.withKubernetesVersion("1.35.4");
        assertProblems(
                () -> SpecValidator.check(older.withKubernetes(k -> k.putFeatureGate("AllowServiceExternalIPs", true)
                        .putFeatureGate("HPAScaleToZer", true)
                        .admissionPlugins(p -> p.addEnabled("alwayspullimages")))),
                new Problem(
                        "FeatureGateUnknown",
                        "spec.kubernetes.featureGates[AllowServiceExternalIPs]",
                        "AllowServiceExternalIPs",
                        "leave it out: it exists since 1.36"),
                new Problem(
                        "FeatureGateUnknown",
                        "spec.kubernetes.featureGates[HPAScaleToZer]",
                        "HPAScaleToZer",
                        "did you mean HPAScaleToZero? use a feature gate of 1.35"),
                new Problem(
                        "AdmissionPluginUnknown",
                        "spec.kubernetes.admissionPlugins.enabled",
                        "alwayspullimages",
                        "did you mean AlwaysPullImages? use an admission plugin of 1.35"));
        assertProblems(
                () -> SpecValidator.check(ACME.withKubernetes(k -> k.putFeatureGate("CSIMigrationPortworx", true))),
                new Problem(
                        "FeatureGateUnknown",
                        "spec.kubernetes.featureGates[CSIMigrationPortworx]",
                        "CSIMigrationPortworx",
                        "leave it out: it was removed in 1.36"));
    }

    @Test
    void check_gatesThatRequireOthers_areToldWithTheWholeChain() {
        String gates = "spec.kubernetes.featureGates";
        assertProblems(
                () -> SpecValidator.check(ACME.withKubernetes(k ->
                        k.putFeatureGate("WorkloadAwarePreemption", true).putFeatureGate("APIServerIdentity", false))),
                new Problem(
                        "FeatureGateRequires",
                        gates + "[APIServerIdentity]",
                        "false",
                        "leave it out, or disable UnknownVersionInteroperabilityProxy as well: without it they do not run"),
                new Problem(
                        "FeatureGateRequires",
                        gates + "[WorkloadAwarePreemption]",
                        "true",
                        "enable GangScheduling, GenericWorkload as well, or leave it out"));
        assertProblems(
                () -> SpecValidator.check(
                        ACME.withKubernetesVersion("1.37.2").withKubernetes(k -> k.putFeatureGate("AllAlpha", true))),
                new Problem(
                        "FeatureGateRequires",
                        gates + "[AllAlpha]",
                        "true",
                        "enable GenericWorkload as well, or disable CompositePodGroup, PodGroupPreemptionPolicy,"
                                + " TopologyAwareWorkloadScheduling, WorkloadWithJob, or leave it out"));
    }

    @Test
    void check_gatesOfAnUnknownMinor_areNotJudged() {
        assertProblems(
                () -> SpecValidator.check(ACME.withKubernetesVersion("1.99.0")
                        .withKubernetes(k -> k.putFeatureGate("Any", true).admissionPlugins(p -> p.addEnabled("Any")))
                        .withControlPlane(c -> c.apiServer(a -> a.putExtraArg("any", "")))),
                new Problem(
                        "KubernetesVersionUnknown",
                        "spec.kubernetes.version",
                        "1.99.0",
                        "use a release of one of the minors 1.34, 1.35, 1.36, 1.37"));
    }

    @Test
    void check_claimInUserRule_isNamed() {
        TokenRule claim = TokenRule.builder().claim("sub").requiredValue("x").build();

        assertProblems(
                () -> SpecValidator.check(ACME.withKubernetes(k -> k.addJwtIssuer(
                        i -> i.url("https://a.example.com").addAudience("hcp").addUserValidationRule(claim)))),
                new Problem(
                        "ClaimInUserRule",
                        "spec.kubernetes.authentication.jwt[0].userValidationRules[0]",
                        "sub",
                        "use an expression: users have no claims"),
                new Problem(
                        "Required",
                        "spec.kubernetes.authentication.jwt[0].userValidationRules[0].expression",
                        "",
                        "write a CEL expression"));
    }

    @Test
    void check_tooManyIssuers_areCounted() {
        TenantControlPlane many = ACME.withKubernetes(k -> {
            for (int i = 0; i < 65; i++) {
                String url = "https://issuer-" + i + ".example.com";
                k.addJwtIssuer(issuer -> issuer.url(url).addAudience("hcp"));
            }
        });

        assertProblems(
                () -> SpecValidator.check(many),
                new Problem("TooManyIssuers", "spec.kubernetes.authentication.jwt", "65", "use at most 64"));
    }

    @Test
    void check_moreSourceRangesThanASchemaCanTell_isAProblem() {
        String[] ranges = IntStream.range(0, 257)
                .mapToObj(number -> "203." + number / 256 + "." + number % 256 + ".0/24")
                .toArray(String[]::new);

        assertProblems(
                () -> SpecValidator.check(ACME.withNetworkProfile(
                        n -> n.exposure(ExposureType.LOAD_BALANCER).loadBalancerSourceRanges(ranges))),
                new Problem(
                        "TooManyCidrs",
                        "spec.networkProfile.loadBalancerSourceRanges",
                        "257",
                        "use at most 256: each is a rule on every node"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\t\n", " ops", "ops\n", "o\0ps", "\ud800"})
    void check_userThatIsNoPrintableText_isNamed(String user) {
        assertProblems(
                () -> SpecValidator.check(KubeconfigRequest.builder().user(user).build()),
                new Problem("UserInvalid", "user", user, "use printable text without blanks at the ends"));
    }

    @Test
    void check_longUserAndGroup_areNamedAndCut() {
        KubeconfigRequest wrong = KubeconfigRequest.builder()
                .user("u".repeat(65))
                .addGroup("g".repeat(100_000))
                .build();

        assertProblems(
                () -> SpecValidator.check(wrong),
                new Problem(
                        "UserTooLong", "user", "u".repeat(64) + "...", "use at most 64 characters, which X.509 allows"),
                new Problem(
                        "GroupTooLong",
                        "groups",
                        "g".repeat(64) + "...",
                        "use at most 64 characters, which X.509 allows"));
    }

    @Test
    void check_userOfKubernetesItself_isNamed() {
        assertProblems(
                () -> SpecValidator.check(KubeconfigRequest.builder()
                        .user("system:kube-controller-manager")
                        .build()),
                new Problem("UserForbidden", "user", "system:kube-controller-manager", FORBIDDEN_REMEDY));
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT-1S", "PT0S", "PT59.999999999S", "PT8760H0.000000001S", "P1000D"})
    void check_validityOutOfRange_isNamed(String validity) {
        Duration duration = Duration.parse(validity);

        assertProblems(
                () -> SpecValidator.check(
                        KubeconfigRequest.builder().validFor(duration).build()),
                new Problem(
                        "ValidityOutOfRange",
                        "validFor",
                        duration.toString(),
                        "use 1 minute (PT1M) to 365 days (PT8760H)"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT1M", "PT8H", "P365D"})
    void check_validityInRange_passes(String validity) {
        KubeconfigRequest request = KubeconfigRequest.builder()
                .validFor(Duration.parse(validity))
                .addGroup("developers")
                .build();

        assertThatNoException().isThrownBy(() -> SpecValidator.check(request));
    }

    @Test
    void check_groupThatCannotBeRevoked_isNamed() {
        assertProblems(
                () -> SpecValidator.check(KubeconfigRequest.builder()
                        .addGroup("developers")
                        .addGroup("system:masters")
                        .build()),
                new Problem("GroupForbidden", "groups", "system:masters", FORBIDDEN_REMEDY));
    }

    @Test
    void check_severalProblemsOfARequest_namesAllAtOnce() {
        KubeconfigRequest wrong = KubeconfigRequest.builder()
                .user("")
                .addGroup("system:masters")
                .validFor(Duration.ZERO)
                .build();

        assertThatExceptionOfType(InvalidSpecException.class)
                .isThrownBy(() -> SpecValidator.check(wrong))
                .satisfies(invalid -> assertThat(invalid.problems())
                        .extracting(Problem::code)
                        .containsExactly("UserInvalid", "GroupForbidden", "ValidityOutOfRange"));
    }

    private static final String FORBIDDEN_REMEDY =
            "use a name of your own, or group kubeadm:cluster-admins: Kubernetes keeps system: for itself";

    private static void assertProblems(ThrowingCallable check, Problem... expected) {
        assertThatExceptionOfType(InvalidSpecException.class)
                .isThrownBy(check)
                .satisfies(invalid -> assertThat(invalid.problems()).containsExactly(expected));
    }
}
