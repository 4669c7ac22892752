package io.hcp.core.internal.spec.rules;

import io.hcp.api.model.TenantControlPlane;
import io.hcp.core.internal.spec.form.Problems;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Rules of what particular admission plugins need, in any minor. */
public final class AdmissionRules {
    /** The rules. */
    public static final List<Rule> ALL = List.of(AdmissionRules::configured, AdmissionRules::denied);

    private static final String PATH = "spec.kubernetes.admissionPlugins.enabled";
    private static final String FLAG = "admission-control-config-file";
    /** kube-apiserver ends at once when it finds no configuration of these. */
    private static final Set<String> WITH_CONFIGURATION = Set.of("EventRateLimit", "ImagePolicyWebhook");

    private static final String ALWAYS_DENY = "AlwaysDeny";

    private AdmissionRules() {}

    private static void configured(TenantControlPlane tenant, Problems problems) {
        String file = tenant.controlPlane().apiServer().extraArgs().getOrDefault(FLAG, "");
        if (file.isEmpty()) {
            new TreeSet<>(tenant.kubernetes().admissionPlugins().enabled())
                    .stream()
                            .filter(WITH_CONFIGURATION::contains)
                            .forEach(name -> problems.add(
                                    "AdmissionPluginNeedsConfig",
                                    PATH,
                                    name,
                                    "set " + FLAG + " in spec.controlPlane.apiServer.extraArgs to a file with its"
                                            + " configuration, or leave it out"));
        }
    }

    private static void denied(TenantControlPlane tenant, Problems problems) {
        if (tenant.kubernetes().admissionPlugins().enabled().contains(ALWAYS_DENY)) {
            problems.add(
                    "AdmissionPluginForbidden",
                    PATH,
                    ALWAYS_DENY,
                    "leave it out: it refuses every write, and so the tenant could never become ready");
        }
    }
}
