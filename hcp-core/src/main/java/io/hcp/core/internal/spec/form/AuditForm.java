package io.hcp.core.internal.spec.form;

import io.hcp.api.model.AuditLevel;
import io.hcp.api.model.AuditPolicy;
import io.hcp.api.model.AuditResources;
import io.hcp.api.model.AuditRule;
import io.hcp.api.model.AuditStage;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The fields of {@code spec.kubernetes.auditPolicy}, named as in Kubernetes' own policy.
 *
 * @see <a href="https://kubernetes.io/docs/reference/config-api/apiserver-audit.v1/">audit.k8s.io/v1</a>
 */
final class AuditForm {
    private static final Codec<Set<String>> NAMES = Many.set(Codecs.TEXT);
    private static final Codec<Set<AuditStage>> STAGES = Many.set(Codecs.oneOf(AuditStage.values()));

    private static final ObjectForm<AuditResources, AuditResources.Builder> RESOURCES = new ObjectForm<>(
            AuditResources::builder,
            AuditResources.Builder::build,
            List.of(
                    Field.optional(
                            "group",
                            Codecs.TEXT,
                            r -> Optional.of(r.group()).filter(group -> !group.isEmpty()),
                            (b, group) -> b.group(group)),
                    Field.many("resources", NAMES, AuditResources::resources, (b, names) -> b.resources(names)),
                    Field.many(
                            "resourceNames",
                            NAMES,
                            AuditResources::resourceNames,
                            (b, names) -> b.resourceNames(names))));

    private static final ObjectForm<AuditRule, AuditRule.Builder> RULE = new ObjectForm<>(
            AuditRule::builder,
            AuditRule.Builder::build,
            List.of(
                    Field.required(
                            "level", Codecs.oneOf(AuditLevel.values()), AuditRule::level, (b, level) -> b.level(level)),
                    Field.many("users", NAMES, AuditRule::users, (b, names) -> b.users(names)),
                    Field.many("userGroups", NAMES, AuditRule::userGroups, (b, names) -> b.userGroups(names)),
                    Field.many("verbs", NAMES, AuditRule::verbs, (b, verbs) -> b.verbs(verbs)),
                    Field.many(
                            "resources",
                            Many.list(RESOURCES),
                            AuditRule::resources,
                            (b, resources) -> b.resources(resources)),
                    Field.many("namespaces", NAMES, AuditRule::namespaces, (b, names) -> b.namespaces(names)),
                    Field.many(
                            "nonResourceURLs",
                            NAMES,
                            AuditRule::nonResourceUrls,
                            (b, paths) -> b.nonResourceUrls(paths)),
                    Field.many("omitStages", STAGES, AuditRule::omitStages, (b, stages) -> b.omitStages(stages)),
                    Field.optional(
                            "omitManagedFields",
                            Codecs.BOOLEAN,
                            AuditRule::omitManagedFields,
                            (b, omitted) -> b.omitManagedFields(omitted))));

    static final ObjectForm<AuditPolicy, AuditPolicy.Builder> POLICY = new ObjectForm<>(
            AuditPolicy::builder,
            AuditPolicy.Builder::build,
            List.of(
                    Field.many("omitStages", STAGES, AuditPolicy::omitStages, (b, stages) -> b.omitStages(stages)),
                    Field.flag(
                            "omitManagedFields",
                            AuditPolicy::omitManagedFields,
                            (b, omitted) -> b.omitManagedFields(omitted)),
                    Field.many("rules", Many.list(RULE), AuditPolicy::rules, (b, rules) -> b.rules(rules))));

    private AuditForm() {}
}
