package io.hcp.core.internal.spec.rules;

import io.hcp.api.model.JwtIssuer;
import io.hcp.api.model.TokenRule;
import io.hcp.core.internal.spec.form.Problems;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Rules of what tokens and users have to meet. */
final class TokenRules {
    private TokenRules() {}

    static void check(JwtIssuer issuer, String path, Problems problems) {
        claimRules(issuer.claimValidationRules(), path + ".claimValidationRules", problems);
        userRules(issuer.userValidationRules(), path + ".userValidationRules", problems);
    }

    private static void claimRules(List<TokenRule> rules, String path, Problems problems) {
        Set<String> claims = new HashSet<>();
        Set<String> expressions = new HashSet<>();
        for (int i = 0; i < rules.size(); i++) {
            TokenRule rule = rules.get(i);
            String place = path + "[" + i + "]";
            rule.expression().ifPresent(text -> Expressions.check(text, place + ".expression", problems));
            Optional<String> claim = IssuerRules.set(rule.claim());
            Optional<String> expression = IssuerRules.set(rule.expression());
            if (claim.isPresent() && expression.isPresent()) {
                problems.add("ClaimAndExpression", place, claim.get(), "set claim or expression, not both");
            } else if (claim.isPresent()) {
                claimRule(rule, place, problems);
                unique(claim.get(), claims, place + ".claim", problems);
            } else if (expression.isPresent()) {
                rule.requiredValue()
                        .ifPresent(value -> problems.add(
                                "RequiredValueWithExpression",
                                place + ".requiredValue",
                                value,
                                "leave it out, and let the expression compare"));
                unique(expression.get(), expressions, place + ".expression", problems);
            } else {
                problems.add("ClaimOrExpressionRequired", place, "", "set claim or expression");
            }
        }
    }

    private static void claimRule(TokenRule rule, String place, Problems problems) {
        if (rule.requiredValue().isEmpty()) {
            problems.add("Required", place + ".requiredValue", "", "write the value that the claim must have");
        }
        IssuerRules.set(rule.message())
                .ifPresent(message -> problems.add(
                        "MessageWithClaim", place + ".message", message, "leave it out: it goes with expressions"));
    }

    private static void userRules(List<TokenRule> rules, String path, Problems problems) {
        Set<String> expressions = new HashSet<>();
        for (int i = 0; i < rules.size(); i++) {
            TokenRule rule = rules.get(i);
            String place = path + "[" + i + "]";
            rule.expression().ifPresent(text -> Expressions.check(text, place + ".expression", problems));
            if (rule.claim().isPresent() || rule.requiredValue().isPresent()) {
                problems.add(
                        "ClaimInUserRule", place, rule.claim().orElse(""), "use an expression: users have no claims");
            }
            IssuerRules.set(rule.expression())
                    .ifPresentOrElse(
                            expression -> unique(expression, expressions, place + ".expression", problems),
                            () -> problems.add("Required", place + ".expression", "", "write a CEL expression"));
        }
    }

    private static void unique(String text, Set<String> seen, String path, Problems problems) {
        if (!seen.add(text)) {
            problems.add("Duplicate", path, text, "write it once");
        }
    }
}
