package io.hcp.core.internal.spec;

import io.hcp.api.error.InvalidSpecException;
import io.hcp.api.error.Problem;
import io.hcp.api.model.KubernetesVersion;
import io.hcp.api.model.Port;
import io.hcp.core.internal.blueprint.EncryptionState;
import io.hcp.core.internal.blueprint.Ports;
import io.hcp.core.internal.spec.form.Codec;
import io.hcp.core.internal.spec.form.Codecs;
import io.hcp.core.internal.spec.form.Documents;
import io.hcp.core.internal.spec.form.Field;
import io.hcp.core.internal.spec.form.Many;
import io.hcp.core.internal.spec.form.ObjectForm;
import io.hcp.core.internal.spec.form.Problems;
import io.hcp.core.internal.spec.form.Schema;
import io.hcp.core.internal.spec.form.TenantForm;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A tenant's record as YAML: the resource {@code TenantControlPlane} with a status. What a later version adds to the status
 * has a default, so that records of earlier ones stay readable.
 */
public final class TenantYaml {
    private static final ObjectForm<TenantRecord, Draft> STATUS = new ObjectForm<>(
            Draft::new,
            Draft::build,
            List.of(
                    Field.required(
                            "ports", new PortsCodec(), TenantRecord::ports, (draft, ports) -> draft.ports = ports),
                    Field.required(
                            "bootstrapped",
                            Codecs.BOOLEAN,
                            TenantRecord::bootstrapped,
                            (draft, bootstrapped) -> draft.bootstrapped = bootstrapped),
                    Field.required(
                            "deleting",
                            Codecs.BOOLEAN,
                            TenantRecord::deleting,
                            (draft, deleting) -> draft.deleting = deleting),
                    Field.optional(
                            "renderRevision",
                            Codecs.INTEGER,
                            tenant -> Optional.of(tenant.renderRevision()),
                            (draft, revision) -> draft.renderRevision = revision),
                    Field.optional(
                            "servedVersion",
                            Codecs.VERSION,
                            TenantRecord::servedVersion,
                            (draft, version) -> draft.servedVersion = Optional.of(version)),
                    Field.many(
                            "encryptionKeys",
                            Many.list(Codecs.TEXT),
                            tenant -> tenant.encryption().keys(),
                            (draft, keys) -> draft.encryptionKeys = keys),
                    Field.many(
                            "encryptedResources",
                            Many.list(Codecs.TEXT),
                            tenant -> tenant.encryption().resources(),
                            (draft, resources) -> draft.encryptedResources = resources)));

    private static final ObjectForm<TenantRecord, Draft> RECORD = new ObjectForm<>(
            Draft::new,
            Draft::build,
            Stream.concat(
                            TenantForm.TENANT.fields().stream()
                                    .map(field -> field.within(TenantRecord::spec, (Draft draft) -> draft.tenant)),
                            Stream.of(Field.nested("status", STATUS)))
                    .toList());

    private TenantYaml() {}

    /**
     * Writes a record.
     *
     * @param tenant the record
     * @return YAML
     */
    public static String write(TenantRecord tenant) {
        return Documents.toYaml(RECORD, tenant);
    }

    /**
     * Reads a record.
     *
     * @param yaml as {@link #write} made it, of this or an earlier version
     * @return the record
     * @throws IllegalArgumentException if the text is not such a record; its message holds no secret
     */
    public static TenantRecord read(String yaml) {
        try {
            return Documents.read(RECORD, yaml);
        } catch (InvalidSpecException e) {
            String reasons = e.problems().stream().map(Problem::toString).collect(Collectors.joining(", "));
            throw new IllegalArgumentException("it is not readable: " + reasons, e);
        }
    }

    /** A record that is being read. */
    private static final class Draft {
        private final TenantForm.Draft tenant = new TenantForm.Draft();
        private Ports ports = Ports.UNASSIGNED;
        private boolean bootstrapped;
        private boolean deleting;
        private int renderRevision = 1;
        private Optional<KubernetesVersion> servedVersion = Optional.empty();
        private List<String> encryptionKeys = List.of();
        private List<String> encryptedResources = List.of();

        private TenantRecord build() {
            EncryptionState encryption = new EncryptionState(encryptionKeys, encryptedResources);
            return new TenantRecord(
                    tenant.build(),
                    ports,
                    encryption,
                    renderRevision,
                    servedVersion,
                    bootstrapped,
                    Optional.empty(),
                    deleting);
        }
    }

    private static final class PortsCodec implements Codec<Ports> {
        private static final Codec<List<Port>> LIST = Many.list(Codecs.PORT);

        @Override
        public Schema schema() {
            return LIST.schema();
        }

        @Override
        public Object write(Ports ports) {
            return ports.asList();
        }

        @Override
        public Optional<Ports> read(Object tree, String path, Problems problems) {
            Optional<List<Port>> read = LIST.read(tree, path, problems);
            if (read.isPresent()
                    && read.get().size() != Ports.UNASSIGNED.asList().size()) {
                problems.add("WrongType", path, read.get(), "write five ports");
                return Optional.empty();
            }
            return read.map(list -> Ports.of(list.stream().map(Port::number).toList()));
        }
    }
}
