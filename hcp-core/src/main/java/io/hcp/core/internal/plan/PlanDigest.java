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
public final class PlanDigest {
    private final MessageDigest sha256;

    /**
     * Begins with all of a plan but its own digest and what it only predicts.
     *
     * @param plan the plan
     */
    public PlanDigest(Plan plan) {
        try {
            sha256 = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
        add("kind", List.of(plan.kind().name()));
        add("wanted", List.of(Documents.toJson(plan.wanted())));
        for (PlanStep step : plan.steps()) {
            add("step " + step.id(), step.after().stream().sorted().toList());
        }
        add(
                "obstacles",
                plan.obstacles().stream()
                        .map(obstacle -> obstacle.kind().name())
                        .toList());
    }

    /** Takes what a plan for processes was worked out from. */
    static String of(Plan plan, Map<Component, String> blueprints, Observed observed) {
        PlanDigest digest = new PlanDigest(plan);
        digest.files(observed);
        observed.record().ifPresent(digest::record);
        for (Component component : Component.values()) {
            digest.add("drawn up " + component, List.of(blueprints.getOrDefault(component, "")));
            digest.add(
                    "running " + component,
                    observed.running(component).stream().sorted().toList());
        }
        return digest.text();
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

    /** {@return the fingerprint of all that was added; nothing can be added from then on} */
    public String text() {
        return HexFormat.of().formatHex(sha256.digest(), 0, 8);
    }

    /**
     * Adds what is kept about the tenant.
     *
     * @param record what the plan starts from
     */
    public void record(TenantRecord record) {
        add(
                "record",
                List.of(
                        Documents.toJson(record.spec()),
                        record.ports().toString(),
                        String.valueOf(record.renderRevision()),
                        record.servedVersion().map(KubernetesVersion::toString).orElse(""),
                        String.valueOf(record.bootstrapped()),
                        String.valueOf(record.deleting())));
        record.published().ifPresent(endpoint -> add("published", List.of(endpoint)));
        add("keys", record.encryption().keys());
        add("encrypted", record.encryption().resources());
    }

    /**
     * Adds a fact, each part with its length, so that no two lists are the same bytes.
     *
     * @param name what it is
     * @param parts the fact
     */
    public void add(String name, List<String> parts) {
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
