package io.hcp.core.internal.cluster.resource;

import io.hcp.api.Condition;
import io.hcp.core.internal.spec.form.Codecs;
import io.hcp.core.internal.spec.form.Field;
import io.hcp.core.internal.spec.form.Many;
import io.hcp.core.internal.spec.form.ObjectForm;
import io.hcp.core.internal.spec.form.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The fields of {@code status}. */
final class StatusForm {
    private static final ObjectForm<StatusCondition, Draft> CONDITION = new ObjectForm<>(
            Draft::new,
            Draft::build,
            List.of(
                    Field.required("type", Codecs.TEXT, c -> c.condition().type(), (d, type) -> d.type = type),
                    Field.required(
                            "status",
                            Codecs.TEXT,
                            c -> capital(c.condition().status().name()),
                            (d, status) -> d.status = status),
                    Field.required(
                            "lastTransitionTime",
                            Codecs.INSTANT,
                            StatusCondition::lastTransitionTime,
                            (d, moment) -> d.lastTransitionTime = moment),
                    Field.required(
                            "reason", Codecs.TEXT, c -> c.condition().reason(), (d, reason) -> d.reason = reason),
                    Field.required(
                            "message", Codecs.TEXT, c -> c.condition().message(), (d, message) -> d.message = message),
                    Field.optional(
                            "observedGeneration",
                            Codecs.LONG,
                            c -> Optional.of(c.observedGeneration()),
                            (d, generation) -> d.observedGeneration = generation)));

    static final ObjectForm<TenantStatus, ImmutableTenantStatus.Builder> STATUS = new ObjectForm<>(
            TenantStatus::builder,
            ImmutableTenantStatus.Builder::build,
            List.of(
                    Field.optional(
                            "observedGeneration",
                            Codecs.LONG,
                            s -> Optional.of(s.observedGeneration()),
                            (b, generation) -> b.observedGeneration(generation)),
                    Field.optional("phase", Codecs.TEXT, TenantStatus::phase, (b, phase) -> b.phase(phase)),
                    Field.optional("step", Codecs.TEXT, TenantStatus::step, (b, step) -> b.step(step)),
                    Field.optional(
                            "version", Codecs.VERSION, TenantStatus::version, (b, version) -> b.version(version)),
                    Field.optional("endpoint", Codecs.TEXT, TenantStatus::endpoint, (b, url) -> b.endpoint(url)),
                    Field.optional("published", Codecs.TEXT, TenantStatus::published, (b, url) -> b.published(url)),
                    Field.optional(
                            "replicas",
                            Codecs.INTEGER,
                            s -> Optional.of(s.replicas()),
                            (b, count) -> b.replicas(count)),
                    Field.optional(
                            "updatedReplicas",
                            Codecs.INTEGER,
                            s -> Optional.of(s.updatedReplicas()),
                            (b, count) -> b.updatedReplicas(count)),
                    Field.optional(
                            "readyReplicas",
                            Codecs.INTEGER,
                            s -> Optional.of(s.readyReplicas()),
                            (b, count) -> b.readyReplicas(count)),
                    Field.optional("selector", Codecs.TEXT, TenantStatus::selector, (b, text) -> b.selector(text)),
                    Field.optional(
                            "certificateExpiry",
                            Codecs.INSTANT,
                            TenantStatus::certificateExpiry,
                            (b, moment) -> b.certificateExpiry(moment)),
                    Field.many(
                            "volumes",
                            Many.list(Codecs.TEXT),
                            TenantStatus::volumes,
                            (b, volumes) -> b.volumes(volumes)),
                    Field.optional("record", Codecs.TEXT, TenantStatus::record, (b, record) -> b.record(record)),
                    Field.optional("journal", Codecs.TEXT, TenantStatus::journal, (b, journal) -> b.journal(journal)),
                    Field.many(
                            "conditions",
                            Many.list(CONDITION),
                            TenantStatus::conditions,
                            (b, conditions) -> b.conditions(conditions))));

    private static final Map<String, String> DESCRIPTIONS = Map.ofEntries(
            Map.entry("", "What was found when somebody last looked."),
            Map.entry("observedGeneration", "The generation of the spec that was or is being carried out."),
            Map.entry("phase", "How the tenant is, as one word for people; programs read the conditions."),
            Map.entry("step", "The step under way, or the one that failed."),
            Map.entry("version", "The version that every API server serves."),
            Map.entry("endpoint", "The URL of the API server."),
            Map.entry("published", "The URL that Service kubernetes of the tenant was made to lead to."),
            Map.entry("replicas", "How many copies of the control plane there are."),
            Map.entry("updatedReplicas", "How many of them are as the spec says."),
            Map.entry("readyReplicas", "How many of them serve."),
            Map.entry("selector", "The labels of the copies' pods."),
            Map.entry("certificateExpiry", "When the first of the certificates in use expires."),
            Map.entry("volumes", "The uids of the claims of etcd's volumes: others hold nothing of the tenant."),
            Map.entry("record", "A copy of annotation hcp.io/record, which is kept beside the spec."),
            Map.entry("journal", "What was done last, step by step, as JSON."),
            Map.entry("conditions", "What can be said of the tenant as a whole."),
            Map.entry("conditions[]", "One aspect of how the tenant is."),
            Map.entry("conditions[].type", "Which aspect, for example Ready."),
            Map.entry("conditions[].status", "Whether it holds."),
            Map.entry("conditions[].lastTransitionTime", "Since when the status is as it is."),
            Map.entry("conditions[].reason", "Why, as one word for programs."),
            Map.entry("conditions[].message", "Why, and what to do about it, for people."),
            Map.entry("conditions[].observedGeneration", "The generation of the spec that this is about."));

    private static final Map<String, UnaryOperator<Schema>> LIMITS = Map.of(
            "conditions",
                    list -> list.with("x-kubernetes-list-type", "map")
                            .with("x-kubernetes-list-map-keys", List.of("type")),
            "conditions[].status", status -> Schema.oneOf(List.of("True", "False", "Unknown")),
            "conditions[].type", type -> type.with("maxLength", 316),
            "conditions[].reason", reason -> reason.with("maxLength", 1_024).with("minLength", 1),
            "conditions[].message", message -> message.with("maxLength", 32_768));

    private StatusForm() {}

    private static String capital(String name) {
        return name.charAt(0) + name.substring(1).toLowerCase(Locale.ROOT);
    }

    static Schema schema() {
        Schema schema = STATUS.schema();
        for (Map.Entry<String, UnaryOperator<Schema>> limit : LIMITS.entrySet()) {
            schema = schema.at(limit.getKey(), limit.getValue());
        }
        for (Map.Entry<String, String> description : DESCRIPTIONS.entrySet()) {
            schema = schema.at(description.getKey(), field -> field.describedAs(description.getValue()));
        }
        return schema;
    }

    /** A condition that is being read. */
    private static final class Draft {
        private String type = "";
        private String status = "";
        private String reason = "";
        private String message = "";
        private Instant lastTransitionTime = Instant.EPOCH;
        private long observedGeneration;

        StatusCondition build() {
            Condition.Status known = Condition.Status.valueOf(status.toUpperCase(Locale.ROOT));
            return new StatusCondition(
                    new Condition(type, known, reason, message), lastTransitionTime, observedGeneration);
        }
    }
}
