package io.hcp.core.internal.plan;

import io.hcp.api.model.Component;
import io.hcp.api.model.KubernetesVersion;
import io.hcp.api.plan.Plan;
import io.hcp.api.plan.PlanStep;
import io.hcp.core.internal.spec.TenantRecord;
import io.hcp.core.internal.spec.form.Documents;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * The fingerprint of a plan: of what is wanted, what would be done, and of the facts that this was worked out from. What
 * changes while a tenant is left alone is not part of it: free space, process ids, how long steps take.
 */
final class PlanDigest {
    private final MessageDigest sha256;

    private PlanDigest() {
        try {
            sha256 = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** Takes all of a plan but its own digest and what it only predicts. */
    static String of(Plan plan, Map<Component, String> blueprints, Observed observed) {
        PlanDigest digest = new PlanDigest();
        digest.add("kind", List.of(plan.kind().name()));
        digest.add("wanted", List.of(Documents.toJson(plan.wanted())));
        for (PlanStep step : plan.steps()) {
            digest.add("step " + step.id(), step.after().stream().sorted().toList());
        }
        digest.add(
                "obstacles",
                plan.obstacles().stream()
                        .map(obstacle -> obstacle.kind().name())
                        .toList());
        digest.files(observed);
        observed.record().ifPresent(digest::record);
        for (Component component : Component.values()) {
            digest.add("drawn up " + component, List.of(blueprints.getOrDefault(component, "")));
            digest.add(
                    "running " + component,
                    observed.running(component).stream().sorted().toList());
        }
        return HexFormat.of().formatHex(digest.sha256.digest(), 0, 8);
    }

    private void files(Observed observed) {
        add(
                "files",
                List.of(observed.pkiPresent(), observed.datastorePresent(), observed.retained()).stream()
                        .map(String::valueOf)
                        .toList());
        add("outdated", observed.outdatedCertificates());
        add("damaged", observed.damagedKeys());
    }

    private void record(TenantRecord record) {
        add(
                "record",
                List.of(
                        Documents.toJson(record.spec()),
                        record.ports().toString(),
                        String.valueOf(record.renderRevision()),
                        record.servedVersion().map(KubernetesVersion::toString).orElse(""),
                        String.valueOf(record.bootstrapped()),
                        String.valueOf(record.deleting())));
        add("keys", record.encryption().keys());
        add("encrypted", record.encryption().resources());
    }

    /** Each part with its length, so that no two lists are the same bytes. */
    private void add(String name, List<String> parts) {
        add(name);
        sha256.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, parts.size()));
        parts.forEach(this::add);
    }

    private void add(String part) {
        byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
        sha256.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, bytes.length));
        sha256.update(bytes);
    }
}
