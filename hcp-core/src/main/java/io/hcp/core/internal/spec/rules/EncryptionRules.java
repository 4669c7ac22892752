package io.hcp.core.internal.spec.rules;

import io.hcp.api.model.TenantControlPlane;
import io.hcp.core.internal.blueprint.EncryptedResource;
import io.hcp.core.internal.spec.form.Problems;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Rules of what is encrypted at rest, as kube-apiserver has them in {@code ValidateEncryptionConfiguration}. */
public final class EncryptionRules {
    /** The rules. */
    public static final List<Rule> ALL = List.of(EncryptionRules::resources);

    private static final String PATH = "spec.kubernetes.encryptionAtRest.resources";
    private static final String ANY = "*";
    /** Each is compared with each. */
    private static final int MAX_RESOURCES = 256;
    /** A resource, or {@code *} for all, with its group; {@code *.} is all of the core group. */
    private static final Pattern FORM = Pattern.compile("(\\*|[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)(?:\\.(.*))?");

    private static final Set<String> WITHOUT_API =
            Set.of("apiserveripinfo", "serviceipallocations", "servicenodeportallocations");
    private static final Map<String, String> STRANGE_GROUPS = Map.of(
            "events.k8s.io", "write events: it is stored under that name",
            "extensions", "leave it out: Kubernetes has no such group any more");

    private EncryptionRules() {}

    private static void resources(TenantControlPlane tenant, Problems problems) {
        tenant.kubernetes().encryptionAtRest().ifPresent(encryption -> {
            Set<String> resources = new TreeSet<>(encryption.resources());
            if (resources.size() > MAX_RESOURCES) {
                problems.add(
                        "TooManyEncryptionResources",
                        PATH,
                        resources.size(),
                        "use at most " + MAX_RESOURCES + ", or *.GROUP for all of a group");
                return;
            }
            resources.forEach(resource -> form(resource, problems));
            for (String one : resources) {
                for (String other : resources) {
                    if (!one.equals(other) && EncryptedResource.of(other).covers(EncryptedResource.of(one))) {
                        problems.add("EncryptionResourceOverlap", PATH, one, "leave it out: " + other + " has it");
                    }
                }
            }
        });
    }

    private static void form(String resource, Problems problems) {
        Matcher matcher = FORM.matcher(resource);
        String group = matcher.matches() && matcher.group(2) != null ? matcher.group(2) : "";
        if (resource.equals(ANY)) {
            invalid(resource, "write *. for all of the core group, or *.* for all resources", problems);
        } else if (WITHOUT_API.contains(resource)) {
            invalid(resource, "leave it out: what has no API is never encrypted", problems);
        } else if (STRANGE_GROUPS.containsKey(group)) {
            invalid(resource, STRANGE_GROUPS.getOrDefault(group, ""), problems);
        } else if (group.equals(ANY) && !resource.equals("*.*")) {
            invalid(resource, "name the group", problems);
        } else if (!matcher.matches() || !isGroup(resource, group)) {
            invalid(
                    resource,
                    "write RESOURCE or RESOURCE.GROUP in lower case, for example widgets.example.com",
                    problems);
        }
    }

    private static boolean isGroup(String resource, String group) {
        return group.isEmpty()
                ? !resource.endsWith(".") || resource.equals("*.")
                : group.equals(ANY) || Names.isSubdomain(group);
    }

    private static void invalid(String resource, String remedy, Problems problems) {
        problems.add("EncryptionResourceInvalid", PATH, resource, remedy);
    }
}
