package io.hcp.core.internal.cluster;

import io.fabric8.kubernetes.api.model.Secret;
import io.hcp.api.error.ErrorKind;
import io.hcp.api.error.HcpException;
import io.hcp.api.model.TenantControlPlane;
import io.hcp.core.internal.blueprint.CertificateBlueprint;
import io.hcp.core.internal.cluster.form.ClusterObject;
import io.hcp.core.internal.cluster.form.Models;
import io.hcp.core.internal.cluster.gateway.UnderCluster;
import io.hcp.core.internal.cluster.pki.PodFiles;
import io.hcp.core.internal.cluster.pki.SecretTexts;
import io.hcp.core.internal.cluster.render.SecretObjects;
import io.hcp.core.internal.cluster.render.TenantObjects;
import io.hcp.core.internal.gateway.Lease;
import io.hcp.core.internal.spec.TenantRecord;
import io.hcp.core.internal.time.Time;
import io.hcp.pki.Authority;
import io.hcp.pki.InventoryEntry;
import io.hcp.pki.TenantPki;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.List;

/** Makes authorities, keys and certificates. What cannot be made anew is created and never written over. */
final class Credentials {
    private static final int KEY_BYTES = 32;

    private final TenantCell cell;
    private final UnderCluster cluster;
    private final Time time;
    private final Lease lease;
    private final Applying applying;

    Credentials(TenantCell cell, UnderCluster cluster, Time time, Lease lease, Applying applying) {
        this.cell = cell;
        this.cluster = cluster;
        this.time = time;
        this.lease = lease;
        this.applying = applying;
    }

    private SecretObjects secrets() {
        return new SecretObjects(drawings().frame());
    }

    private Drawings drawings() {
        return new Drawings(cell.names(), cell.resource().known().map(own -> own.object()));
    }

    /** Creates those that are missing: nothing was signed by them yet, or there would be an obstacle. */
    String createAuthorities(TenantControlPlane tenant) {
        TenantPki fresh = TenantPki.create(
                List.of(),
                CertificateBlueprint.policy(tenant),
                new ProvidedSecrets(cluster, time).read(tenant),
                time.clock());
        for (Authority authority : Authority.values()) {
            String name = cell.names().authority(authority);
            var credential = fresh.authority(authority).credential();
            create(secrets().authority(name, credential.certificatePem(), credential.keyPem()));
        }
        create(secrets()
                .authority(
                        cell.names().serviceAccountKey(),
                        fresh.serviceAccountPublicKeysPem(),
                        fresh.serviceAccountKey().privateKeyPem()));
        return "Secrets " + String.join(", ", SecretTexts.authorities(cell.names()));
    }

    void createKey(String name) {
        byte[] key = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(key);
        create(secrets().encryptionKey(name, Base64.getEncoder().encodeToString(key)));
    }

    private void create(Secret secret) {
        ClusterObject fields = Models.tree(secret);
        if (cell.live(fields.id()).isPresent()) {
            return;
        }
        try {
            cell.seen(cluster.objects().create(lease, fields));
        } catch (HcpException e) {
            if (e.kind() != ErrorKind.CONFLICT) {
                throw e;
            }
            // If it is the tenant's, it was created before and the reply was lost: that one counts.
            cell.seen(cell.find(fields).orElseThrow(() -> e));
        }
    }

    /** Issues what is outdated, and applies all that pods are given. */
    String issue(TenantRecord tenant) {
        applying.apply(drawings().drawing(tenant).account());
        PodFiles files = new PodFiles(cell.secrets(), tenant.spec(), time.clock());
        List<String> outdated = files.outdated();
        TenantObjects objects = drawings().objects(tenant);
        for (Secret secret : files.render(objects, Drawings.server(tenant.spec()), outdated)) {
            applying.apply(Drawings.drawn(secret));
        }
        noteExpiry(tenant);
        return outdated.isEmpty() ? "all were as they should be" : "issued " + String.join(", ", outdated);
    }

    private void noteExpiry(TenantRecord tenant) {
        new PodFiles(cell.secrets(), tenant.spec(), time.clock())
                .inventory().stream()
                        .map(InventoryEntry::notAfter)
                        .min(Instant::compareTo)
                        .ifPresent(first -> cell.journal().note(facts -> facts.withExpiry(first.toString())));
    }
}
