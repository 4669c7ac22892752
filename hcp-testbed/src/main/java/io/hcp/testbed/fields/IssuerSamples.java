package io.hcp.testbed.fields;

import io.hcp.api.model.ClaimMapping;
import io.hcp.api.model.JwtIssuer;
import io.hcp.api.model.TokenRule;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Changes of a token issuer, which does not have to exist: an API server serves without it. */
final class IssuerSamples {
    /** A certificate of an authority that signs nothing, valid until 2126. */
    private static final String CERTIFICATE = """
            -----BEGIN CERTIFICATE-----
            MIIBgDCCASWgAwIBAgIUeJyitOdwB5uhPB599Sy2K7qkdzMwCgYIKoZIzj0EAwIw
            FDESMBAGA1UEAwwJaXNzdWVyLWNhMCAXDTI2MTEyMzA3NTg1NFoYDzIxMjYxMDMw
            MDc1ODU0WjAUMRIwEAYDVQQDDAlpc3N1ZXItY2EwWTATBgcqhkjOPQIBBggqhkjO
            PQMBBwNCAAT5D+raDSHBfa3l4C6ad1cfwKQ2cynegMAG3BZPz5FQlkV5thwv9W1e
            D0tLd4NCofVv3e5fMiYVxeI4ZD7kd050o1MwUTAdBgNVHQ4EFgQUVxXPvR+7dGNt
            oEzYl+Eq5LUwPBYwHwYDVR0jBBgwFoAUVxXPvR+7dGNtoEzYl+Eq5LUwPBYwDwYD
            VR0TAQH/BAUwAwEB/zAKBggqhkjOPQQDAgNJADBGAiEAhNumTfTwJTabvOy3XU7U
            +oNjGuL6k96mVh64bVzXnT8CIQDPfs7oq63NiWdiSyK6+taeuLIoRDDJbq586l+K
            X4QaNQ==
            -----END CERTIFICATE-----
            """;

    private static final String URL = "https://login.example.com";
    private static final ClaimMapping USERNAME =
            ClaimMapping.builder().claim("sub").prefix("oidc:").build();
    private static final ClaimMapping GROUPS =
            ClaimMapping.builder().claim("groups").prefix("oidc:").build();
    private static final TokenRule RULE =
            TokenRule.builder().claim("hd").requiredValue("acme").build();
    private static final TokenRule EXPRESSION =
            TokenRule.builder().expression("claims.hd == 'acme'").build();
    private static final TokenRule USER_RULE = TokenRule.builder()
            .expression("!user.username.startsWith('system:')")
            .build();

    static final JwtIssuer ISSUER = JwtIssuer.builder()
            .url(URL)
            .addAudience("acme")
            .username(USERNAME)
            .groups(GROUPS)
            .addClaimValidationRule(RULE)
            .addUserValidationRule(USER_RULE)
            .build();

    private IssuerSamples() {}

    static Stream<FieldSample> all() {
        return Stream.of(issuers(), mappings(), rules()).flatMap(samples -> samples);
    }

    private static Stream<FieldSample> issuers() {
        return Stream.of(
                issuer("issuer.url", issuer -> issuer.withUrl("https://id.example.org")),
                issuer("issuer.discoveryURL", issuer -> issuer.withDiscoveryUrl(URL + "/elsewhere")),
                issuer("issuer.audiences", issuer -> issuer.withAudiences("acme-ci")),
                issuer("issuer.certificateAuthority", issuer -> issuer.withCertificateAuthority(CERTIFICATE)));
    }

    private static Stream<FieldSample> mappings() {
        ClaimMapping user =
                ClaimMapping.builder().expression("'oidc:' + claims.sub").build();
        ClaimMapping roles = ClaimMapping.builder().expression("claims.roles").build();
        return Stream.of(
                issuer("claimMappings.username.claim", issuer -> issuer.withUsername(USERNAME.withClaim("uid"))),
                issuer("claimMappings.username.prefix", issuer -> issuer.withUsername(USERNAME.withPrefix("acme:"))),
                issuer("claimMappings.username.expression", issuer -> issuer.withUsername(user)),
                issuer("claimMappings.groups.claim", issuer -> issuer.withGroups(GROUPS.withClaim("roles"))),
                issuer("claimMappings.groups.prefix", issuer -> issuer.withGroups(GROUPS.withPrefix("acme:"))),
                issuer("claimMappings.groups.expression", issuer -> issuer.withGroups(roles)));
    }

    private static Stream<FieldSample> rules() {
        String message = "somebody else's token";
        return Stream.of(
                claimRule("claim", RULE.withClaim("org")),
                claimRule("requiredValue", RULE.withRequiredValue("other")),
                claimRule("expression", EXPRESSION),
                claimRule("message", EXPRESSION.withMessage(message)),
                userRule("expression", USER_RULE.withExpression("user.username != 'nobody'")),
                userRule("message", USER_RULE.withMessage("this name is Kubernetes' own")));
    }

    private static FieldSample claimRule(String field, TokenRule rule) {
        return issuer("claimValidationRules[]." + field, issuer -> issuer.withClaimValidationRules(rule));
    }

    private static FieldSample userRule(String field, TokenRule rule) {
        return issuer("userValidationRules[]." + field, issuer -> issuer.withUserValidationRules(rule));
    }

    private static FieldSample issuer(String field, UnaryOperator<JwtIssuer> change) {
        return FieldSamples.kubernetes(
                "authentication.jwt[]." + field, k -> k.jwtIssuers(List.of(change.apply(ISSUER))));
    }
}
