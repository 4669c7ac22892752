package io.hcp.pki;

import io.hcp.api.error.InvalidSpecException;
import io.hcp.api.error.Problem;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * When certificates are renewed: after a share of their life, and a little earlier by an amount that differs from tenant
 * to tenant, so that a fleet that was made at once is not renewed at once, and that a tenant is renewed at once. Pure: the
 * same arguments give the same instant, in every process. Immutable and thread-safe.
 *
 * @param lifetimeShare the share of the life after which a certificate is renewed at the latest; more than 0, less than 1
 * @param spreadShare the share of the life by which it may be earlier; at least 0, at most half of the other
 */
public record RenewalPolicy(double lifetimeShare, double spreadShare) {
    /** After two thirds of the life, up to 5 % of the life earlier: a year's certificate has four months left. */
    public static final RenewalPolicy DEFAULT = new RenewalPolicy(2.0 / 3, 0.05);

    private static final Duration LONG_LIFE = Duration.ofDays(1);
    private static final Duration LAST_CALL = Duration.ofHours(1);

    /**
     * Makes a policy.
     *
     * @throws InvalidSpecException if a share is out of its range
     */
    public RenewalPolicy {
        if (!(lifetimeShare > 0 && lifetimeShare < 1)) {
            throw new InvalidSpecException(Problem.of(
                    "ShareInvalid", "renewal.lifetimeShare", lifetimeShare, "give more than 0 and less than 1"));
        }
        if (!(spreadShare >= 0 && spreadShare <= lifetimeShare / 2)) {
            throw new InvalidSpecException(Problem.of(
                    "ShareInvalid",
                    "renewal.spreadShare",
                    spreadShare,
                    "give at least 0 and at most half of the share of the life"));
        }
    }

    /**
     * Tells when a certificate is to be renewed. One that lives for more than a day is renewed an hour before its end at
     * the latest, whatever the shares are.
     *
     * @param tenantId of the tenant it belongs to
     * @param entry the certificate
     * @return an instant within its life
     */
    public Instant renewAt(String tenantId, InventoryEntry entry) {
        Duration life = Duration.between(entry.notBefore(), entry.notAfter());
        double share = lifetimeShare - spreadShare * fraction(tenantId);
        Instant planned = entry.notBefore().plusMillis(Math.round(life.toMillis() * share));
        Instant latest = entry.notAfter().minus(LAST_CALL);
        return life.compareTo(LONG_LIFE) > 0 && latest.isBefore(planned) ? latest : planned;
    }

    /**
     * Tells which leaves are to be renewed. Authorities never are: see {@link #authoritiesDue}.
     *
     * @param tenantId of the tenant
     * @param inventory its certificates, see {@link TenantPki#inventory}
     * @param now the present
     * @return the leaves whose instant has come, in the order of the inventory
     */
    public List<InventoryEntry> leavesDue(String tenantId, List<InventoryEntry> inventory, Instant now) {
        return inventory.stream()
                .filter(entry -> entry.stage().isEmpty() && isDue(tenantId, entry, now))
                .toList();
    }

    /**
     * Tells which authorities somebody should rotate: nothing does that by itself.
     *
     * @param tenantId of the tenant
     * @param inventory its certificates, see {@link TenantPki#inventory}
     * @param now the present
     * @return the authorities that sign and whose instant has come, in the order of the inventory
     */
    public List<InventoryEntry> authoritiesDue(String tenantId, List<InventoryEntry> inventory, Instant now) {
        return inventory.stream()
                .filter(entry ->
                        entry.stage().filter(stage -> stage == Stage.SIGNING).isPresent())
                .filter(entry -> isDue(tenantId, entry, now))
                .toList();
    }

    private boolean isDue(String tenantId, InventoryEntry entry, Instant now) {
        return !now.isBefore(renewAt(tenantId, entry));
    }

    /** Returns a number from 0 to less than 1 that only depends on the text and looks random. */
    private static double fraction(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return (ByteBuffer.wrap(hash).getLong() >>> 11) * 0x1.0p-53;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM knows SHA-256", e);
        }
    }
}
