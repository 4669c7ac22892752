package io.hcp.core.internal.spec.rules;

import io.hcp.api.model.AuditResources;
import io.hcp.api.model.AuditRule;
import io.hcp.api.model.TenantControlPlane;
import io.hcp.core.internal.spec.form.Problems;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Rules of the audit policy, as kube-apiserver has them in {@code ValidatePolicy}. */
public final class AuditRules {
    /** The rules. */
    public static final List<Rule> ALL = List.of(AuditRules::policy);

    private static final String PATH = "spec.kubernetes.auditPolicy.rules";
    private static final Pattern NON_RESOURCE_URL = Pattern.compile("\\*|/[^*]*\\*?", Pattern.DOTALL);

    private static final int FIRST_MINOR_WITH_ANY_GROUP = 36;

    private AuditRules() {}

    private static void policy(TenantControlPlane tenant, Problems problems) {
        tenant.kubernetes().auditPolicy().ifPresent(policy -> {
            for (int i = 0; i < policy.rules().size(); i++) {
                String path = PATH + "[" + i + "]";
                rule(policy.rules().get(i), path, problems);
                if (tenant.kubernetesVersion().minor() < FIRST_MINOR_WITH_ANY_GROUP) {
                    anyGroup(policy.rules().get(i).resources(), path, problems);
                }
            }
        });
    }

    /** Older kube-apiservers end at once when a policy has such a group. */
    private static void anyGroup(List<AuditResources> resources, String path, Problems problems) {
        for (int i = 0; i < resources.size(); i++) {
            if (resources.get(i).group().equals("*")) {
                problems.add(
                        "ApiGroupInvalid",
                        path + ".resources[" + i + "].group",
                        "*",
                        "leave resources out for all groups, or name each group: * is known since 1."
                                + FIRST_MINOR_WITH_ANY_GROUP);
            }
        }
    }

    private static void rule(AuditRule rule, String path, Problems problems) {
        String urls = path + ".nonResourceURLs";
        new TreeSet<>(rule.nonResourceUrls())
                .stream()
                        .filter(url -> !NON_RESOURCE_URL.matcher(url).matches())
                        .forEach(url -> problems.add(
                                "NonResourceUrlInvalid",
                                urls,
                                url,
                                "begin with /, and use * only at the end, for example /healthz*"));
        boolean ofResources = !rule.resources().isEmpty() || !rule.namespaces().isEmpty();
        if (!rule.nonResourceUrls().isEmpty() && ofResources) {
            problems.add(
                    "AuditRuleMixed",
                    urls,
                    new TreeSet<>(rule.nonResourceUrls()),
                    "use a rule of its own: this one is about resources or namespaces");
        }
        for (int i = 0; i < rule.resources().size(); i++) {
            resources(rule.resources().get(i), path + ".resources[" + i + "]", problems);
        }
    }

    private static void resources(AuditResources resources, String path, Problems problems) {
        String group = resources.group();
        if (!group.isEmpty() && !group.equals("*") && !Names.isSubdomain(group)) {
            problems.add(
                    "ApiGroupInvalid",
                    path + ".group",
                    group,
                    "write a group without version, for example rbac.authorization.k8s.io, or leave it out for the core"
                            + " group");
        }
        if (!resources.resourceNames().isEmpty() && resources.resources().isEmpty()) {
            problems.add(
                    "ResourceNamesWithoutResources",
                    path + ".resourceNames",
                    new TreeSet<>(resources.resourceNames()),
                    "say in resources what they are names of");
        }
    }
}
