package io.hcp.core.internal.spec.rules;

import io.hcp.api.model.AdmissionPlugins;
import io.hcp.api.model.TenantControlPlane;
import io.hcp.core.internal.catalog.Gate;
import io.hcp.core.internal.catalog.Nearest;
import io.hcp.core.internal.catalog.Release;
import io.hcp.core.internal.catalog.ReleaseCatalog;
import io.hcp.core.internal.spec.form.Codecs;
import io.hcp.core.internal.spec.form.Problems;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Rules of feature gates and admission plugins, which depend on the minor; nothing is known of those of other minors. */
public final class FeatureRules {
    /** The rules. */
    public static final List<Rule> ALL =
            List.of(FeatureRules::gates, FeatureRules::dependencies, FeatureRules::plugins);

    private static final String GATES = "spec.kubernetes.featureGates";
    private static final String PLUGINS = "spec.kubernetes.admissionPlugins.";
    private static final String NODE_RESTRICTION = "NodeRestriction";

    private FeatureRules() {}

    private static void gates(TenantControlPlane tenant, Problems problems) {
        ReleaseCatalog.bundled()
                .find(tenant.kubernetesVersion())
                .ifPresent(release -> new TreeMap<>(tenant.kubernetes().featureGates())
                        .forEach((name, enabled) -> release.gate(name)
                                .ifPresentOrElse(
                                        gate -> locked(gate, enabled, problems),
                                        () -> problems.add(
                                                "FeatureGateUnknown",
                                                GATES + "[" + name + "]",
                                                name,
                                                unknown(release, name, tenant)))));
    }

    private static void dependencies(TenantControlPlane tenant, Problems problems) {
        ReleaseCatalog.bundled()
                .find(tenant.kubernetesVersion())
                .ifPresent(release ->
                        GateDependencies.check(release, tenant.kubernetes().featureGates(), GATES, problems));
    }

    /** As in Kubernetes, a locked gate may be set to what it is. */
    private static void locked(Gate gate, boolean enabled, Problems problems) {
        boolean refused = gate.components().stream().anyMatch(component -> gate.enabledByDefault(component) != enabled);
        if (gate.locked() && refused) {
            problems.add(
                    "FeatureGateLocked",
                    GATES + "[" + gate.name() + "]",
                    enabled,
                    "leave it out: it cannot be changed any more");
        }
    }

    private static String unknown(Release release, String name, TenantControlPlane tenant) {
        ReleaseCatalog catalog = ReleaseCatalog.bundled();
        return catalog.gateRemovedIn(name, tenant.kubernetesVersion())
                .map(minor -> "leave it out: it was removed in " + minor)
                .or(() -> catalog.gateIntroducedIn(name).map(minor -> "leave it out: it exists since " + minor))
                .or(() -> elsewhere(release, name, tenant))
                .orElseGet(() ->
                        Codecs.didYouMean(name, release.gates().keySet()) + "use a feature gate of " + release.minor());
    }

    /** What a name is most like, if another minor has it. */
    private static Optional<String> elsewhere(Release release, String name, TenantControlPlane tenant) {
        ReleaseCatalog catalog = ReleaseCatalog.bundled();
        return Nearest.of(name, catalog.gates()).stream()
                .limit(1)
                .filter(near -> release.gate(near).isEmpty())
                .map(near -> "did you mean " + near + "? leave it out: it "
                        + catalog.gateRemovedIn(near, tenant.kubernetesVersion())
                                .map(minor -> "was removed in " + minor)
                                .or(() -> catalog.gateIntroducedIn(near).map(minor -> "exists since " + minor))
                                .orElse("is of another minor"))
                .findFirst();
    }

    private static void plugins(TenantControlPlane tenant, Problems problems) {
        AdmissionPlugins plugins = tenant.kubernetes().admissionPlugins();
        ReleaseCatalog.bundled().find(tenant.kubernetesVersion()).ifPresent(release -> {
            known(release, plugins.enabled(), "enabled", problems);
            known(release, plugins.disabled(), "disabled", problems);
        });
        for (String name : new TreeSet<>(plugins.disabled())) {
            if (name.equals(NODE_RESTRICTION)) {
                problems.add(
                        "AdmissionPluginRequired",
                        PLUGINS + "disabled",
                        name,
                        "leave it out: without it one node could change the others");
            } else if (plugins.enabled().contains(name)) {
                problems.add(
                        "AdmissionPluginConflict", PLUGINS + "disabled", name, "enable it or disable it, not both");
            }
        }
    }

    private static void known(Release release, Set<String> names, String field, Problems problems) {
        Set<String> known = release.configuration().admissionPlugins().keySet();
        new TreeSet<>(names)
                .stream()
                        .filter(name -> !known.contains(name))
                        .forEach(name -> problems.add(
                                "AdmissionPluginUnknown",
                                PLUGINS + field,
                                name,
                                Codecs.didYouMean(name, known) + "use an admission plugin of " + release.minor()));
    }
}
