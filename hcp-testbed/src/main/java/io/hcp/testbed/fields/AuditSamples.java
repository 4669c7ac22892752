package io.hcp.testbed.fields;

import io.hcp.api.model.AuditLevel;
import io.hcp.api.model.AuditPolicy;
import io.hcp.api.model.AuditResources;
import io.hcp.api.model.AuditRule;
import io.hcp.api.model.AuditStage;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Changes of an audit policy. */
final class AuditSamples {
    private static final AuditResources DEPLOYMENTS =
            AuditResources.builder().group("apps").addResource("deployments").build();

    static final AuditRule RULE = AuditRule.builder()
            .level(AuditLevel.METADATA)
            .addResource(DEPLOYMENTS)
            .build();

    private AuditSamples() {}

    static AuditPolicy policy(AuditRule rule) {
        return AuditPolicy.builder().addRules(rule).build();
    }

    static Stream<FieldSample> all() {
        return Stream.concat(
                Stream.of(
                        policy("omitStages", policy -> policy.withOmitStages(AuditStage.REQUEST_RECEIVED)),
                        policy("omitManagedFields", policy -> policy.withOmitManagedFields(true))),
                rules());
    }

    private static Stream<FieldSample> rules() {
        return Stream.of(
                rule("level", rule -> rule.withLevel(AuditLevel.REQUEST)),
                rule("users", rule -> rule.withUsers("system:kube-scheduler")),
                rule("userGroups", rule -> rule.withUserGroups("system:authenticated")),
                rule("verbs", rule -> rule.withVerbs("create", "delete")),
                rule("resources[].group", rule -> rule.withResources(DEPLOYMENTS.withGroup("extensions"))),
                rule("resources[].resources", rule -> rule.withResources(DEPLOYMENTS.withResources("daemonsets"))),
                rule("resources[].resourceNames", rule -> rule.withResources(DEPLOYMENTS.withResourceNames("web"))),
                rule("namespaces", rule -> rule.withNamespaces("kube-system")),
                rule("nonResourceURLs", rule -> rule.withResources().withNonResourceUrls("/metrics")),
                rule("omitStages", rule -> rule.withOmitStages(AuditStage.REQUEST_RECEIVED)),
                rule("omitManagedFields", rule -> rule.withOmitManagedFields(true)));
    }

    private static FieldSample policy(String field, UnaryOperator<AuditPolicy> change) {
        return FieldSamples.kubernetes("auditPolicy." + field, k -> k.auditPolicy(change.apply(policy(RULE))));
    }

    private static FieldSample rule(String field, UnaryOperator<AuditRule> change) {
        return FieldSamples.kubernetes("auditPolicy.rules[]." + field, k -> k.auditPolicy(policy(change.apply(RULE))));
    }
}
