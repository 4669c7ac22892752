package io.hcp.core.internal.cluster.record;

import io.hcp.api.model.KubernetesVersion;
import io.hcp.api.model.TenantControlPlane;
import io.hcp.core.internal.blueprint.EncryptionState;
import io.hcp.core.internal.blueprint.Ports;
import io.hcp.core.internal.spec.TenantRecord;
import io.hcp.core.internal.spec.form.Codecs;
import io.hcp.core.internal.spec.form.Documents;
import io.hcp.core.internal.spec.form.Field;
import io.hcp.core.internal.spec.form.Many;
import io.hcp.core.internal.spec.form.ObjectForm;
import java.util.List;
import java.util.Optional;

/**
 * What is kept of a tenant beside its description and cannot be found out otherwise. Losing it is damage: with other rules
 * the pods would be others, with another state of encryption nothing could be read.
 *
 * @param renderRevision the rules by which the description becomes objects
 * @param servedVersion the version whose API server was started last
 * @param encryption what the tenant's objects are or were encrypted with
 */
public record Kept(int renderRevision, Optional<KubernetesVersion> servedVersion, EncryptionState encryption) {
    private static final ObjectForm<Kept, Draft> FORM = new ObjectForm<>(
            Draft::new,
            Draft::build,
            List.of(
                    Field.required(
                            "renderRevision",
                            Codecs.INTEGER,
                            Kept::renderRevision,
                            (draft, revision) -> draft.renderRevision = revision),
                    Field.optional(
                            "servedVersion",
                            Codecs.VERSION,
                            Kept::servedVersion,
                            (draft, version) -> draft.servedVersion = Optional.of(version)),
                    Field.many(
                            "encryptionKeys",
                            Many.list(Codecs.TEXT),
                            kept -> kept.encryption().keys(),
                            (draft, keys) -> draft.encryptionKeys = keys),
                    Field.many(
                            "encryptedResources",
                            Many.list(Codecs.TEXT),
                            kept -> kept.encryption().resources(),
                            (draft, resources) -> draft.encryptedResources = resources)));

    static Kept of(TenantRecord record) {
        return new Kept(record.renderRevision(), record.servedVersion(), record.encryption());
    }

    /** A tenant was told its endpoint together with its first roles, or after them. */
    TenantRecord with(TenantControlPlane spec, Optional<String> published, boolean deleting) {
        return new TenantRecord(
                spec,
                Ports.UNASSIGNED,
                encryption,
                renderRevision,
                servedVersion,
                published.isPresent(),
                published,
                deleting);
    }

    /** Reads what {@link #text} wrote. */
    static Kept parse(String text) {
        return Documents.read(FORM, text);
    }

    /** {@return what is kept, as JSON} */
    public String text() {
        return Documents.toJson(FORM, this);
    }

    /** What is being read. */
    private static final class Draft {
        private int renderRevision;
        private Optional<KubernetesVersion> servedVersion = Optional.empty();
        private List<String> encryptionKeys = List.of();
        private List<String> encryptedResources = List.of();

        private Kept build() {
            return new Kept(renderRevision, servedVersion, new EncryptionState(encryptionKeys, encryptedResources));
        }
    }
}
