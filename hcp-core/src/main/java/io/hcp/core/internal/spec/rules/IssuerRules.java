package io.hcp.core.internal.spec.rules;

import io.hcp.api.model.ClaimMapping;
import io.hcp.api.model.JwtIssuer;
import io.hcp.api.model.TenantControlPlane;
import io.hcp.core.internal.spec.form.Problems;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Rules of the issuers of tokens, as kube-apiserver has them in {@code ValidateAuthenticationConfiguration}, except that
 * CEL expressions are not compiled.
 */
public final class IssuerRules {
    /** The rules. */
    public static final List<Rule> ALL = List.of(IssuerRules::issuers);

    private static final String PATH = "spec.kubernetes.authentication.jwt";
    private static final int MAX_ISSUERS = 64;

    private IssuerRules() {}

    private static void issuers(TenantControlPlane tenant, Problems problems) {
        List<JwtIssuer> issuers = tenant.kubernetes().jwtIssuers();
        if (issuers.size() > MAX_ISSUERS) {
            problems.add("TooManyIssuers", PATH, issuers.size(), "use at most " + MAX_ISSUERS);
        }
        String own = "https://kubernetes.default.svc."
                + tenant.networkProfile().clusterDomain().orElse("cluster.local");
        Set<String> urls = new HashSet<>(Set.of(own));
        Set<String> discoveryUrls = new HashSet<>();
        for (int i = 0; i < issuers.size(); i++) {
            JwtIssuer issuer = issuers.get(i);
            String path = PATH + "[" + i + "]";
            String place = path + ".issuer.";
            url(issuer.url(), place + "url", problems);
            unique(issuer.url(), urls, place + "url", problems);
            set(issuer.discoveryUrl()).ifPresent(url -> {
                url(url, place + "discoveryURL", problems);
                unique(url, discoveryUrls, place + "discoveryURL", problems);
                if (withoutSlashes(url).equals(withoutSlashes(issuer.url()))) {
                    problems.add("DiscoveryUrlIsUrl", place + "discoveryURL", url, "leave it out: it is the default");
                }
            });
            audiences(issuer, place + "audiences", problems);
            issuer.certificateAuthority()
                    .ifPresent(pem -> Certificates.check(pem, place + "certificateAuthority", problems));
            mappings(issuer, path + ".claimMappings.", problems);
            TokenRules.check(issuer, path, problems);
        }
    }

    /** As in Go, where text cannot be absent: empty is unset. */
    static Optional<String> set(Optional<String> text) {
        return text.filter(value -> !value.isEmpty());
    }

    private static void unique(String url, Set<String> seen, String path, Problems problems) {
        if (!seen.add(url)) {
            problems.add(
                    "IssuerDuplicate", path, shown(url), "use a URL that neither another issuer nor the tenant has");
        }
    }

    private static String withoutSlashes(String url) {
        int end = url.length();
        while (end > 0 && url.charAt(end - 1) == '/') {
            end--;
        }
        return url.substring(0, end);
    }

    /** A URL, unless it may hold a password. */
    private static String shown(String url) {
        return url.contains("@") ? "(with user)" : url;
    }

    private static void url(String text, String path, Problems problems) {
        IssuerUrls.fault(text)
                .ifPresent(fault -> problems.add(
                        "IssuerUrlInvalid",
                        path,
                        shown(text),
                        "write a URL like https://issuer.example.com: " + fault));
    }

    private static void audiences(JwtIssuer issuer, String path, Problems problems) {
        if (issuer.audiences().isEmpty()) {
            problems.add("Required", path, "", "name at least one audience");
        }
        if (issuer.audiences().contains("")) {
            problems.add("AudienceInvalid", path, "", "leave out the empty one");
        }
    }

    private static void mappings(JwtIssuer issuer, String path, Problems problems) {
        issuer.username().ifPresent(mapping -> mapping(mapping, path + "username", problems));
        issuer.groups().ifPresent(mapping -> mapping(mapping, path + "groups", problems));
        Optional<String> username = issuer.username().flatMap(ClaimMapping::expression);
        boolean verified = Stream.concat(
                        username.stream(),
                        issuer.claimValidationRules().stream().flatMap(rule -> rule.expression().stream()))
                .anyMatch(expression -> Expressions.uses(expression, "email_verified"));
        username.filter(expression -> !verified && Expressions.uses(expression, "email"))
                .ifPresent(expression -> problems.add(
                        "EmailNotVerified",
                        path + "username.expression",
                        expression,
                        "use claims.email_verified too, here or in claimValidationRules, as Kubernetes demands"));
    }

    private static void mapping(ClaimMapping mapping, String path, Problems problems) {
        boolean claim = set(mapping.claim()).isPresent();
        boolean expression = set(mapping.expression()).isPresent();
        mapping.expression().ifPresent(text -> Expressions.check(text, path + ".expression", problems));
        if (claim && expression) {
            problems.add("ClaimAndExpression", path, "", "set claim or expression, not both");
        } else if (!claim && !expression) {
            problems.add("ClaimOrExpressionRequired", path, "", "set claim or expression");
        } else if (claim && mapping.prefix().isEmpty()) {
            problems.add("PrefixRequired", path + ".prefix", "", "set it, to empty text if names need no prefix");
        } else if (expression && mapping.prefix().isPresent()) {
            problems.add(
                    "PrefixWithExpression",
                    path + ".prefix",
                    mapping.prefix().get(),
                    "leave it out, and let the expression make it");
        }
    }
}
