package io.hcp.core.internal.spec.form;

import io.hcp.api.model.ClaimMapping;
import io.hcp.api.model.JwtIssuer;
import io.hcp.api.model.TokenRule;
import java.util.List;

/**
 * The fields of an entry of {@code spec.kubernetes.authentication.jwt}, named as in Kubernetes' own configuration.
 *
 * @see <a href="https://kubernetes.io/docs/reference/config-api/apiserver-config.v1/">apiserver.config.k8s.io/v1</a>
 */
final class AuthenticationForm {
    private static final ObjectForm<ClaimMapping, ClaimMapping.Builder> MAPPING = new ObjectForm<>(
            ClaimMapping::builder,
            ClaimMapping.Builder::build,
            List.of(
                    Field.optional("claim", Codecs.TEXT, ClaimMapping::claim, (b, claim) -> b.claim(claim)),
                    Field.optional("prefix", Codecs.TEXT, ClaimMapping::prefix, (b, prefix) -> b.prefix(prefix)),
                    Field.optional("expression", Codecs.TEXT, ClaimMapping::expression, (b, e) -> b.expression(e))));

    private static final Field<TokenRule, TokenRule.Builder> EXPRESSION =
            Field.optional("expression", Codecs.TEXT, TokenRule::expression, (b, e) -> b.expression(e));
    private static final Field<TokenRule, TokenRule.Builder> MESSAGE =
            Field.optional("message", Codecs.TEXT, TokenRule::message, (b, message) -> b.message(message));

    private static final ObjectForm<TokenRule, TokenRule.Builder> CLAIM_RULE = new ObjectForm<>(
            TokenRule::builder,
            TokenRule.Builder::build,
            List.of(
                    Field.optional("claim", Codecs.TEXT, TokenRule::claim, (b, claim) -> b.claim(claim)),
                    Field.optional(
                            "requiredValue",
                            Codecs.TEXT,
                            TokenRule::requiredValue,
                            (b, value) -> b.requiredValue(value)),
                    EXPRESSION,
                    MESSAGE));

    private static final ObjectForm<TokenRule, TokenRule.Builder> USER_RULE =
            new ObjectForm<>(TokenRule::builder, TokenRule.Builder::build, List.of(EXPRESSION, MESSAGE));

    private static final ObjectForm<JwtIssuer, JwtIssuer.Builder> ISSUER = new ObjectForm<>(
            JwtIssuer::builder,
            JwtIssuer.Builder::build,
            List.of(
                    Field.required("url", Codecs.TEXT, JwtIssuer::url, (b, url) -> b.url(url)),
                    Field.optional(
                            "discoveryURL", Codecs.TEXT, JwtIssuer::discoveryUrl, (b, url) -> b.discoveryUrl(url)),
                    Field.many(
                            "audiences",
                            Many.set(Codecs.TEXT),
                            JwtIssuer::audiences,
                            (b, audiences) -> b.audiences(audiences)),
                    Field.optional(
                            "certificateAuthority",
                            Codecs.TEXT,
                            JwtIssuer::certificateAuthority,
                            (b, pem) -> b.certificateAuthority(pem))));

    private static final ObjectForm<JwtIssuer, JwtIssuer.Builder> MAPPINGS = new ObjectForm<>(
            JwtIssuer::builder,
            JwtIssuer.Builder::build,
            List.of(
                    Field.optional("username", MAPPING, JwtIssuer::username, (b, mapping) -> b.username(mapping)),
                    Field.optional("groups", MAPPING, JwtIssuer::groups, (b, mapping) -> b.groups(mapping))));

    static final ObjectForm<JwtIssuer, JwtIssuer.Builder> JWT = new ObjectForm<>(
            JwtIssuer::builder,
            JwtIssuer.Builder::build,
            List.of(
                    Field.nested("issuer", ISSUER),
                    Field.nested("claimMappings", MAPPINGS),
                    Field.many(
                            "claimValidationRules",
                            Many.list(CLAIM_RULE),
                            JwtIssuer::claimValidationRules,
                            (b, rules) -> b.claimValidationRules(rules)),
                    Field.many(
                            "userValidationRules",
                            Many.list(USER_RULE),
                            JwtIssuer::userValidationRules,
                            (b, rules) -> b.userValidationRules(rules))));

    private AuthenticationForm() {}
}
