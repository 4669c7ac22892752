package io.hcp.testbed.maintain;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.hcp.api.model.AuditLevel;
import io.hcp.api.model.AuditPolicy;
import io.hcp.api.model.AuditStage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/**
 * A write that the API server carried out.
 *
 * @param at when it was asked for, by the API server's clock
 * @param agent who asked for it
 * @param verb for example {@code patch}
 * @param object for example {@code services/acme}
 * @param part the subresource; empty if it was the object itself
 */
record AuditedWrite(Instant at, String agent, String verb, String object, String part) {
    private static final KubernetesSerialization JSON = new KubernetesSerialization();

    /** Logs what is written in a namespace. */
    static AuditPolicy policy(String namespace) {
        return AuditPolicy.builder()
                .addOmitStages(AuditStage.REQUEST_RECEIVED)
                .addRule(rule -> rule.level(AuditLevel.METADATA)
                        .addNamespace(namespace)
                        .addVerbs("create", "update", "patch", "delete"))
                .build();
    }

    /** Reads what is in the log by now, in order; Leases that are renewed all the time are left out. */
    static List<AuditedWrite> all(Path log) {
        try {
            return Files.readAllLines(log).stream()
                    .filter(line -> line.endsWith("}")) // the last one may not be written to its end yet
                    .map(line -> JSON.unmarshal(line, GenericKubernetesResource.class))
                    .filter(AuditedWrite::isDone)
                    .map(AuditedWrite::of)
                    .filter(write -> !write.object.startsWith("leases/"))
                    .sorted((one, other) -> one.at.compareTo(other.at))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isDone(GenericKubernetesResource event) {
        return event.get("responseStatus", "code") instanceof Number code && code.intValue() < 300;
    }

    private static AuditedWrite of(GenericKubernetesResource event) {
        return new AuditedWrite(
                Instant.parse(text(event, "requestReceivedTimestamp")),
                text(event, "userAgent"),
                text(event, "verb"),
                text(event, "objectRef", "resource") + "/" + text(event, "objectRef", "name"),
                text(event, "objectRef", "subresource"));
    }

    private static String text(GenericKubernetesResource event, Object... path) {
        return event.get(path) instanceof String text ? text : "";
    }
}
