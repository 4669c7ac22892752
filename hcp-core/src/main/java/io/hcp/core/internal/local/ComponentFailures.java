package io.hcp.core.internal.local;

import io.hcp.api.error.ComponentFailedException;
import io.hcp.api.error.ErrorKind;
import io.hcp.api.model.Component;
import io.hcp.core.internal.blueprint.ComponentBlueprint;
import io.hcp.core.internal.blueprint.TenantLayout;
import java.util.List;
import java.util.Locale;

/**
 * What is said of a component that does not start.
 *
 * @param storage the tenant's files
 */
record ComponentFailures(LocalStorage storage) {
    /** Below this many free bytes a full disk is what ended a component that could not even log why. */
    private static final long FULL = 1 << 20;

    /** It cannot start, since somebody else listens where it should. */
    ComponentFailedException portHeld(Component component, int port) {
        return portBusy(component, "port " + port + " is held by " + PortHolder.describe(port), List.of());
    }

    /** It ended; the lines that it logged last may tell why. */
    ComponentFailedException ended(ComponentBlueprint blueprint, List<String> lines) {
        Component component = blueprint.component();
        TenantLayout layout = storage.layout();
        String log = String.join("\n", lines).toLowerCase(Locale.ROOT);
        if (log.contains("address already in use")) {
            return portBusy(component, "another program took its port at the same moment", lines);
        }
        if (log.contains("no space left on device") || storage.usableBytes() < FULL) {
            return new ComponentFailedException(
                    ErrorKind.DISK_FULL,
                    component,
                    "%s of tenant \"%s\" ended: the file system of %s is full"
                            .formatted(component, storage.tenant(), layout.root()),
                    lines,
                    "free space there, then apply again: nothing that was stored is lost");
        }
        return new ComponentFailedException(
                ErrorKind.COMPONENT_FAILED,
                component,
                "%s %s of tenant \"%s\" ended while it started"
                        .formatted(component, blueprint.version(), storage.tenant()),
                lines,
                "correct what the log says, then apply again; the whole log is " + layout.log(component));
    }

    private ComponentFailedException portBusy(Component component, String problem, List<String> lines) {
        return new ComponentFailedException(
                ErrorKind.PORT_BUSY,
                component,
                "%s of tenant \"%s\" cannot start: %s".formatted(component, storage.tenant(), problem),
                lines,
                "end that program, or apply the tenant with another port(...)");
    }
}
