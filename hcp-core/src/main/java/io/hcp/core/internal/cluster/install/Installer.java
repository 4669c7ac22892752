package io.hcp.core.internal.cluster.install;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.hcp.api.Installation;
import io.hcp.api.error.ErrorKind;
import io.hcp.api.error.HcpException;
import io.hcp.core.internal.cluster.resource.InstalledObject;
import io.hcp.core.internal.cluster.resource.InstalledObjects;
import io.hcp.core.internal.time.Time;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Makes what the library needs in the under cluster once, beside all tenants. Thread-safe. */
public final class Installer {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    /** Whoever was faster has most likely made the same: looking again tells. */
    private static final int ATTEMPTS = 5;

    private final InstallationObjects objects;
    private final Time time;

    /**
     * Makes an installer.
     *
     * @param objects where to
     * @param time by which it waits
     */
    public Installer(InstallationObjects objects, Time time) {
        this.objects = objects;
        this.time = time;
    }

    /** {@return what {@link #install} would do} */
    public Installation plan() {
        return new Installation(steps().stream().map(InstallationStep::change).toList());
    }

    private List<InstallationStep> steps() {
        return InstalledObjects.all().stream().map(this::step).toList();
    }

    private InstallationStep step(InstalledObject wanted) {
        return InstallationStep.plan(wanted, objects.find(wanted));
    }

    /**
     * Makes what is missing or older than it should be, and waits until it is served.
     *
     * @return what was done
     * @throws HcpException with kind {@code BLOCKED} if an object is somebody else's, and then nothing was written; {@code
     *     CONFLICT} if others write all the time; {@code TIMEOUT} if it is not served
     */
    public Installation install() {
        List<Installation.Change> changes = new ArrayList<>();
        for (InstallationStep step : steps()) {
            changes.add(carryOut(step, ATTEMPTS));
        }
        return new Installation(changes);
    }

    private Installation.Change carryOut(InstallationStep step, int attempts) {
        try {
            GenericKubernetesResource present = write(step);
            if (present.getKind().equals("CustomResourceDefinition")) {
                awaitServed(step.wanted(), present);
            }
            return step.change();
        } catch (HcpException e) {
            if (e.kind() == ErrorKind.CONFLICT && attempts > 1) {
                return carryOut(step(step.wanted()), attempts - 1);
            }
            throw e;
        }
    }

    private GenericKubernetesResource write(InstallationStep step) {
        return switch (step.change().action()) {
            case CREATE -> objects.create(step.object());
            case UPDATE -> objects.replace(step.object());
            case NONE, KEEP -> step.found().orElseThrow();
        };
    }

    private void awaitServed(InstalledObject wanted, GenericKubernetesResource present) {
        if (isServed(wanted, Optional.of(present))) {
            return;
        }
        if (!time.until(LIMIT, () -> isServed(wanted, objects.find(wanted)))) {
            throw new HcpException(
                    ErrorKind.TIMEOUT,
                    wanted.kind() + " " + wanted.name() + " is not established after " + LIMIT.toSeconds() + " s",
                    "see its conditions: kubectl describe customresourcedefinition " + wanted.name());
        }
    }

    private static boolean isServed(InstalledObject wanted, Optional<GenericKubernetesResource> definition) {
        Map<String, Map<?, ?>> conditions =
                definition.map(Installer::conditions).orElse(Map.of());
        Map<?, ?> names = conditions.getOrDefault("NamesAccepted", Map.of());
        if ("False".equals(names.get("status"))) {
            throw new HcpException(
                    ErrorKind.BLOCKED,
                    wanted.kind() + " " + wanted.name() + " cannot be served: " + names.get("message"),
                    "remove the definition that has these names");
        }
        return "True".equals(conditions.getOrDefault("Established", Map.of()).get("status"));
    }

    private static Map<String, Map<?, ?>> conditions(GenericKubernetesResource definition) {
        Map<String, Map<?, ?>> conditions = new HashMap<>();
        if (definition.getAdditionalProperties().get("status") instanceof Map<?, ?> status
                && status.get("conditions") instanceof List<?> list) {
            for (Object element : list) {
                Map<?, ?> condition = (Map<?, ?>) Objects.requireNonNull(element);
                conditions.put(String.valueOf(condition.get("type")), condition);
            }
        }
        return conditions;
    }
}
