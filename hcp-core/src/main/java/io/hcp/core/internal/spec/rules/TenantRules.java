package io.hcp.core.internal.spec.rules;

import io.hcp.api.model.TenantControlPlane;
import io.hcp.core.internal.catalog.ReleaseCatalog;
import io.hcp.core.internal.spec.form.Problems;
import java.util.List;
import java.util.regex.Pattern;

/** Rules of what a tenant is, and of how many programs it has. */
public final class TenantRules {
    /** The rules. */
    public static final List<Rule> ALL =
            List.of(TenantRules::name, TenantRules::version, TenantRules::tenantId, TenantRules::replicas);

    private static final int MAX_NAME_LENGTH = 40;
    private static final int MAX_REPLICAS = 9;
    private static final Pattern TENANT_ID = Pattern.compile("[a-z][a-z0-9]{7,39}");

    private TenantRules() {}

    /**
     * Checks a name alone.
     *
     * @param name what the user wrote
     * @param problems where it is noted if it can be no tenant's
     */
    public static void name(String name, Problems problems) {
        if (!Names.isLabel(name, MAX_NAME_LENGTH)) {
            problems.add(
                    "NameInvalid",
                    "metadata.name",
                    name,
                    "use at most 40 lower-case letters, digits and hyphens, with a letter or digit at both ends");
        }
    }

    private static void name(TenantControlPlane tenant, Problems problems) {
        name(tenant.name(), problems);
    }

    private static void version(TenantControlPlane tenant, Problems problems) {
        ReleaseCatalog catalog = ReleaseCatalog.bundled();
        if (catalog.find(tenant.kubernetesVersion()).isEmpty()) {
            problems.add(
                    "KubernetesVersionUnknown",
                    "spec.kubernetes.version",
                    tenant.kubernetesVersion(),
                    "use a release of one of the minors " + String.join(", ", catalog.minors()));
        }
    }

    private static void tenantId(TenantControlPlane tenant, Problems problems) {
        tenant.tenantId()
                .filter(id -> !TENANT_ID.matcher(id).matches())
                .ifPresent(id -> problems.add(
                        "TenantIdInvalid",
                        "spec.tenantId",
                        id,
                        "use 8 to 40 lower-case letters and digits, a letter first"));
    }

    private static void replicas(TenantControlPlane tenant, Problems problems) {
        tenant.controlPlane().replicas().stream()
                .filter(count -> count < 1 || count > MAX_REPLICAS)
                .forEach(count -> problems.add(
                        "ReplicasOutOfRange", "spec.controlPlane.replicas", count, "use 1 to " + MAX_REPLICAS));
    }
}
