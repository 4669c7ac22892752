package io.hcp.core.internal.spec.rules;

import io.hcp.api.model.Component;
import io.hcp.api.model.ControlPlaneProfile;
import io.hcp.api.model.KubernetesVersion;
import io.hcp.api.model.TenantControlPlane;
import io.hcp.core.internal.catalog.Release;
import io.hcp.core.internal.catalog.ReleaseCatalog;
import io.hcp.core.internal.spec.form.Codecs;
import io.hcp.core.internal.spec.form.Problems;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Rules of the flags that users add to the programs' own. */
public final class FlagRules {
    /** The rules. */
    public static final List<Rule> ALL = List.of(FlagRules::extraArgs);

    /** No underscores: the programs take them for hyphens, and so they would get around the names below. */
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]*+(?:-[a-z0-9]++)*+");

    private static final int MAX_NAME_LENGTH = 128;

    private static final Pattern FORBIDDEN = Pattern.compile("[\\x00\\n\\r]");

    private FlagRules() {}

    private static void extraArgs(TenantControlPlane tenant, Problems problems) {
        ControlPlaneProfile profile = tenant.controlPlane();
        KubernetesVersion version = tenant.kubernetesVersion();
        new Flags("spec.controlPlane.apiServer", Component.KUBE_APISERVER, version)
                .check(profile.apiServer().extraArgs(), problems);
        new Flags("spec.controlPlane.controllerManager", Component.KUBE_CONTROLLER_MANAGER, version)
                .check(profile.controllerManager().extraArgs(), problems);
        new Flags("spec.controlPlane.scheduler", Component.KUBE_SCHEDULER, version)
                .check(profile.scheduler().extraArgs(), problems);
        new Flags("spec.dataStore.etcd", Component.ETCD, version)
                .check(tenant.dataStore().etcd().extraArgs(), problems);
    }

    /** The flags of one program. */
    private record Flags(String path, Component component, KubernetesVersion version) {
        void check(Map<String, String> flags, Problems problems) {
            new TreeMap<>(flags).forEach((name, value) -> {
                String place = path + ".extraArgs[" + name + "]";
                if (name.length() > MAX_NAME_LENGTH || !NAME.matcher(name).matches()) {
                    problems.add(
                            "FlagNameInvalid",
                            place,
                            name,
                            "write the name as the program's help has it, without leading dashes and value");
                    return;
                }
                boolean text = !FORBIDDEN.matcher(value).find();
                if (!text) {
                    problems.add("FlagValueInvalid", place, value, "use one line of text without zero characters");
                }
                Optional<String> managed = ManagedFlags.remedy(component, name);
                if (managed.isPresent()) {
                    problems.add("FlagManaged", place, name, managed.get());
                } else {
                    ReleaseCatalog.bundled()
                            .find(version)
                            .ifPresent(release -> release.flag(component, name)
                                    .ifPresentOrElse(
                                            flag -> FlagValues.remedy(flag.type(), value)
                                                    .filter(remedy -> text)
                                                    .ifPresent(remedy ->
                                                            problems.add("FlagValueInvalid", place, value, remedy)),
                                            () -> problems.add("FlagUnknown", place, name, unknown(release, name))));
                }
            });
        }

        private String unknown(Release release, String name) {
            ReleaseCatalog catalog = ReleaseCatalog.bundled();
            String program = component + " of " + release.minor();
            return catalog.flagRemovedIn(component, name, version)
                    .map(minor -> "leave it out: it was removed in " + minor)
                    .or(() -> catalog.flagIntroducedIn(component, name)
                            .map(minor -> "leave it out: it exists since " + minor))
                    .orElseGet(() ->
                            Codecs.didYouMean(name, release.flags(component).keySet()) + "use a flag of " + program);
        }
    }
}
