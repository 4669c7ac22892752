package io.hcp.core.internal.cluster.record;

import io.hcp.api.error.ErrorKind;
import io.hcp.api.error.HcpException;
import io.hcp.api.error.InvalidSpecException;
import io.hcp.api.error.Problem;
import io.hcp.api.model.DeletionPolicy;
import io.hcp.api.model.KubernetesVersion;
import io.hcp.api.model.TenantControlPlane;
import io.hcp.core.internal.blueprint.Ports;
import io.hcp.core.internal.cluster.form.ClusterObject;
import io.hcp.core.internal.cluster.form.Kind;
import io.hcp.core.internal.spec.TenantRecord;
import io.hcp.core.internal.spec.form.Documents;
import io.hcp.core.internal.spec.form.TenantForm;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A tenant's own object. Its spec is the description, whoever wrote it. What is kept beside it is an annotation, which
 * neither {@code kubectl apply} of a description nor a backup without status takes away, with a copy in the status.
 *
 * @param object as it was read
 */
public record OwnObject(ClusterObject object) {
    /** What is kept of a tenant beside its description. */
    public static final String KEPT = "hcp.io/record";

    /** Whose data was left when the tenant was deleted. */
    public static final String RETAINED_ID = "hcp.io/retained-tenant-id";

    private static final String RETAINED_SPEC = "hcp.io/retained-spec";
    private static final String RETAINED_RECORD = "hcp.io/retained-record";

    /** Keeps the object until everything else of the tenant is gone. */
    public static final String FINALIZER = "hcp.io/tenant";

    private static final String METADATA = "metadata";
    private static final String ANNOTATIONS = "annotations";
    private static final String STATUS = "status";
    private static final String RECORD = "record";

    /** Where the status says what the tenant was told as its endpoint; telling it again does no harm. */
    private static final String PUBLISHED = "published";

    /** Where the status has the uids of the claims of the tenant's volumes. */
    private static final String VOLUMES = "volumes";

    /** {@return the description} */
    public TenantControlPlane spec() {
        Map<String, Object> resource = new LinkedHashMap<>(object.tree());
        resource.remove(STATUS);
        resource.put(METADATA, Map.of("name", object.name()));
        try {
            return Documents.read(resource);
        } catch (InvalidSpecException e) {
            throw new HcpException(
                    ErrorKind.RECORD_DAMAGED,
                    "the description in %s cannot be read: %s"
                            .formatted(
                                    object,
                                    e.problems().stream().map(Problem::toString).collect(Collectors.joining(", "))),
                    "correct it, or use the version of this library that wrote it",
                    e);
        }
    }

    /**
     * Reads what is kept beside the description.
     *
     * @return from the annotation, or else its copy; empty if neither is there and intact
     */
    public Optional<Kept> kept() {
        return annotated().or(() -> object.text(STATUS, RECORD).flatMap(OwnObject::parse));
    }

    private Optional<Kept> annotated() {
        return object.annotation(KEPT).flatMap(OwnObject::parse);
    }

    /** What is damaged is as if it were lost: there may be a copy, and nothing is taken for granted without one. */
    private static Optional<Kept> parse(String text) {
        try {
            return Optional.of(Kept.parse(text));
        } catch (InvalidSpecException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** {@return the record, with what is kept or else of a tenant that nothing was done for} */
    public TenantRecord record() {
        return record(Optional.empty());
    }

    /**
     * Reads the record of a tenant that may come back with an object that somebody else made anew.
     *
     * @param noted the object on which it may be noted what is needed to go on
     * @return the record, with what is kept, or else what was noted, or else of a tenant that nothing was done for
     */
    public TenantRecord record(Optional<ClusterObject> noted) {
        return with(spec(), noted);
    }

    /**
     * Reads the record as far as a deletion needs it. A description that cannot be read must not keep the tenant from being
     * removed, unless what can be read of it says that data is to stay.
     *
     * @param noted the object on which it may be noted what is needed to go on
     * @return the record; of a description that cannot be read, that of one with only a name
     */
    public TenantRecord recordToDelete(Optional<ClusterObject> noted) {
        try {
            return record(noted);
        } catch (HcpException e) {
            boolean retained = object.text("spec", "lifecycle", "deletionPolicy")
                    .filter(DeletionPolicy.RETAIN.toString()::equals)
                    .isPresent();
            if (retained || e.kind() != ErrorKind.RECORD_DAMAGED) {
                throw e;
            }
            return with(named(object.name()), noted);
        }
    }

    /**
     * Makes what stands for a description that is not to be had.
     *
     * @param tenant the tenant's name
     * @return a description that has only the name
     */
    public static TenantControlPlane named(String tenant) {
        return TenantControlPlane.builder()
                .name(tenant)
                .kubernetesVersion(KubernetesVersion.parse("0.0.0"))
                .build();
    }

    private TenantRecord with(TenantControlPlane spec, Optional<ClusterObject> noted) {
        Optional<Kept> known = kept().or(() -> noted.flatMap(OwnObject::noted));
        return known.map(kept -> kept.with(spec, object.text(STATUS, PUBLISHED), object.isDeleting()))
                .orElseGet(() -> {
                    TenantRecord fresh = TenantRecord.of(spec, Ports.UNASSIGNED);
                    return object.isDeleting() ? fresh.asDeleting() : fresh;
                });
    }

    /** {@return true if the tenant has ever served} */
    public boolean isBootstrapped() {
        return object.text(STATUS, PUBLISHED).isPresent();
    }

    /** {@return the uids of the claims of the tenant's volumes; empty if they were not noted yet} */
    public List<String> volumes() {
        return object.texts(STATUS, VOLUMES);
    }

    /**
     * Notes of which claims a tenant's volumes are. What is noted stays: claims that were made in place of all of them hold
     * nothing of the tenant.
     *
     * @param object as it is
     * @param claims the uids of those that are there
     * @return the object to store; the same if there is nothing to note
     */
    public static ClusterObject withVolumes(ClusterObject object, List<String> claims) {
        List<String> noted = new OwnObject(object).volumes();
        if (noted.containsAll(claims) || (!noted.isEmpty() && Collections.disjoint(noted, claims))) {
            return object;
        }
        List<String> all =
                Stream.concat(noted.stream(), claims.stream()).distinct().toList();
        return object.with(all, STATUS, VOLUMES);
    }

    /** {@return true if nothing has to be added to what was written by somebody else} */
    public boolean isWhole() {
        return annotated().isPresent() && object.texts(METADATA, "finalizers").contains(FINALIZER);
    }

    /**
     * Makes the object of a new tenant.
     *
     * @param namespace where
     * @param record what to keep
     * @return the object to create
     */
    public static ClusterObject fresh(String namespace, TenantRecord record) {
        return with(ClusterObject.named(Kind.TENANT, namespace, record.spec().name()), record);
    }

    /**
     * Changes what the object keeps; what others have written beside it stays.
     *
     * @param object as it is
     * @param record what to keep
     * @return the object to store
     */
    public static ClusterObject with(ClusterObject object, TenantRecord record) {
        List<String> finalizers = new ArrayList<>(object.texts(METADATA, "finalizers"));
        if (!finalizers.contains(FINALIZER) && !object.isDeleting()) {
            finalizers.add(FINALIZER);
        }
        return object.with(TenantForm.TENANT.write(record.spec()).getOrDefault("spec", Map.of()), "spec")
                .with(finalizers, METADATA, "finalizers")
                .with(Kept.of(record).text(), METADATA, ANNOTATIONS, KEPT);
    }

    /**
     * Lets the object go.
     *
     * @param object as it is
     * @return the object to store, after which it is gone
     */
    public static ClusterObject released(ClusterObject object) {
        List<String> finalizers = object.texts(METADATA, "finalizers").stream()
                .filter(finalizer -> !finalizer.equals(FINALIZER))
                .toList();
        return object.with(finalizers, METADATA, "finalizers");
    }

    /**
     * Notes on an object that outlives the tenant's own what is needed to go on with the tenant.
     *
     * @param object as it is
     * @param spec the description
     * @param kept what is kept beside it; empty if that is lost
     * @return the object to store
     */
    public static ClusterObject retaining(ClusterObject object, TenantControlPlane spec, Optional<Kept> kept) {
        return object.with(spec.tenantId().orElseThrow(), METADATA, ANNOTATIONS, RETAINED_ID)
                .with(Documents.toJson(spec), METADATA, ANNOTATIONS, RETAINED_SPEC)
                .with(kept.map(Kept::text).orElse(null), METADATA, ANNOTATIONS, RETAINED_RECORD);
    }

    /**
     * Takes away what was noted, once the tenant's own object has it again.
     *
     * @param object as it is
     * @return the object to store
     */
    public static ClusterObject returned(ClusterObject object) {
        return object.with(null, METADATA, ANNOTATIONS, RETAINED_ID)
                .with(null, METADATA, ANNOTATIONS, RETAINED_SPEC)
                .with(null, METADATA, ANNOTATIONS, RETAINED_RECORD);
    }

    /**
     * Reads what was noted beside the description.
     *
     * @param object as it is
     * @return what was kept; empty if it was not noted, or the note is damaged
     */
    public static Optional<Kept> noted(ClusterObject object) {
        return object.annotation(RETAINED_RECORD).flatMap(OwnObject::parse);
    }

    /**
     * Reads all that was noted.
     *
     * @param object as it is
     * @return a record that says nobody deletes the tenant; empty if it was not noted, or the note is damaged
     */
    public static Optional<TenantRecord> retained(ClusterObject object) {
        return noted(object)
                .flatMap(kept -> object.annotation(RETAINED_SPEC).flatMap(text -> {
                    try {
                        return Optional.of(kept.with(Documents.read(text), Optional.empty(), false));
                    } catch (InvalidSpecException | IllegalArgumentException e) {
                        return Optional.empty();
                    }
                }));
    }
}
