package io.hcp.core.internal.cluster.install;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.hcp.api.Installation.Action;
import io.hcp.api.Installation.Change;
import io.hcp.api.error.ErrorKind;
import io.hcp.api.error.HcpException;
import io.hcp.core.internal.cluster.plan.Drift;
import io.hcp.core.internal.cluster.resource.InstalledObject;
import io.hcp.core.internal.cluster.resource.InstalledObjects;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What is to be done about one object. Pure.
 *
 * @param wanted the object as this version of the library needs it
 * @param found the object as it is
 * @param change what is to be done
 */
record InstallationStep(InstalledObject wanted, Optional<GenericKubernetesResource> found, Change change) {
    private static final String OWNER = "app.kubernetes.io/managed-by";

    /**
     * Compares an object with what is needed.
     *
     * @throws HcpException with kind {@code BLOCKED} if it is somebody else's
     */
    static InstallationStep plan(InstalledObject wanted, Optional<GenericKubernetesResource> found) {
        if (found.isEmpty()) {
            return step(wanted, found, Action.CREATE, "");
        }
        GenericKubernetesResource object = found.get();
        if (!Objects.equals(wanted.labels().get(OWNER), labels(object).get(OWNER))) {
            throw new HcpException(
                    ErrorKind.BLOCKED,
                    wanted.kind() + " " + wanted.name() + " exists, and is not of this library: it has no label "
                            + OWNER + "=" + wanted.labels().get(OWNER),
                    "remove it or give it another name, or label it to have it replaced");
        }
        int revision = revision(object);
        if (revision > InstalledObjects.REVISION) {
            return step(
                    wanted,
                    found,
                    Action.KEEP,
                    "it has revision " + revision + ", this is " + InstalledObjects.REVISION);
        }
        if (revision < InstalledObjects.REVISION) {
            return step(wanted, found, Action.UPDATE, "from revision " + revision + " to " + InstalledObjects.REVISION);
        }
        return Drift.between(desired(wanted), actual(object)).stream()
                .findFirst()
                .map(path -> step(wanted, found, Action.UPDATE, path + " was changed"))
                .orElseGet(() -> step(wanted, found, Action.NONE, ""));
    }

    private static InstallationStep step(
            InstalledObject wanted, Optional<GenericKubernetesResource> found, Action action, String reason) {
        return new InstallationStep(wanted, found, new Change(wanted.kind(), wanted.name(), action, reason));
    }

    private static Map<String, Object> desired(InstalledObject wanted) {
        Map<String, Object> tree = new HashMap<>(wanted.body());
        tree.put("labels", wanted.labels());
        return tree;
    }

    private static Map<String, Object> actual(GenericKubernetesResource object) {
        Map<String, Object> tree = new HashMap<>(object.getAdditionalProperties());
        tree.put("labels", labels(object));
        return tree;
    }

    private static Map<String, String> labels(GenericKubernetesResource object) {
        return Optional.ofNullable(object.getMetadata().getLabels()).orElse(Map.of());
    }

    private static Map<String, String> annotations(GenericKubernetesResource object) {
        return Optional.ofNullable(object.getMetadata().getAnnotations()).orElse(Map.of());
    }

    /** What cannot be read is of no revision, and so older than all. */
    private static int revision(GenericKubernetesResource object) {
        String text = annotations(object).getOrDefault(InstalledObject.REVISION, "");
        return text.matches("\\d{1,9}") ? Integer.parseInt(text) : 0;
    }

    /** {@return the object to write: labels and annotations of others are kept} */
    GenericKubernetesResource object() {
        GenericKubernetesResource object = wanted.resource();
        found.ifPresent(present -> object.setMetadata(new ObjectMetaBuilder(present.getMetadata())
                .addToLabels(object.getMetadata().getLabels())
                .addToAnnotations(object.getMetadata().getAnnotations())
                .withManagedFields()
                .build()));
        return object;
    }
}
