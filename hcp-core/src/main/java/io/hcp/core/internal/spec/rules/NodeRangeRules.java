package io.hcp.core.internal.spec.rules;

import io.hcp.api.model.Cidr;
import io.hcp.api.model.TenantControlPlane;
import io.hcp.core.internal.spec.form.Problems;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Rules of the lengths of nodes' ranges, as kube-controller-manager has them in {@code setNodeCIDRMaskSizes}. */
public final class NodeRangeRules {
    /** The rules. */
    public static final List<Rule> ALL = List.of(NodeRangeRules::lengths, NodeRangeRules::families);

    private static final String PATH = "spec.controlPlane.controllerManager.extraArgs";
    private static final String ONE = "node-cidr-mask-size";
    private static final String IPV4 = "node-cidr-mask-size-ipv4";
    private static final String IPV6 = "node-cidr-mask-size-ipv6";
    private static final int BITS_IPV4 = 32;
    private static final int BITS_IPV6 = 128;

    /** No zero first: Go takes the rest for a number of base 8. */
    private static final Pattern LENGTH = Pattern.compile("[1-9][0-9]{0,2}");

    private NodeRangeRules() {}

    private static void lengths(TenantControlPlane tenant, Problems problems) {
        Map<String, String> flags = flags(tenant);
        List<Cidr> pods = tenant.networkProfile().podCidrs();
        boolean ipv4 = !pods.isEmpty() && pods.get(0).isIpv4();
        for (String flag : List.of(ONE, IPV4, IPV6)) {
            int bits = flag.equals(IPV4) || (flag.equals(ONE) && ipv4) ? BITS_IPV4 : BITS_IPV6;
            String text = flags.getOrDefault(flag, "");
            boolean fine = LENGTH.matcher(text).matches() && Integer.parseInt(text) <= bits;
            // What is no number at all is told by the rules of flags.
            if (!fine
                    && flags.containsKey(flag)
                    && FlagValues.remedy("int32", text).isEmpty()) {
                problems.add("FlagValueInvalid", place(flag), text, "write a number from 1 to " + bits);
            }
        }
    }

    private static void families(TenantControlPlane tenant, Problems problems) {
        Map<String, String> flags = flags(tenant);
        List<Cidr> pods = tenant.networkProfile().podCidrs();
        if (pods.size() > 1 && flags.containsKey(ONE)) {
            conflict(ONE, flags, "use " + IPV4 + " and " + IPV6 + ": the cluster has both families", problems);
        }
        for (String flag : List.of(IPV4, IPV6)) {
            boolean otherFamily = pods.size() == 1 && pods.get(0).isIpv4() != flag.equals(IPV4);
            if (flags.containsKey(flag) && otherFamily) {
                conflict(flag, flags, "leave it out: podCidrs has no range of its family", problems);
            } else if (flags.containsKey(flag) && flags.containsKey(ONE) && pods.size() <= 1) {
                conflict(flag, flags, "leave it out, or " + ONE + ": they say the same", problems);
            }
        }
    }

    private static void conflict(String flag, Map<String, String> flags, String remedy, Problems problems) {
        problems.add("NodeMaskConflict", place(flag), flags.getOrDefault(flag, ""), remedy);
    }

    private static String place(String flag) {
        return PATH + "[" + flag + "]";
    }

    private static Map<String, String> flags(TenantControlPlane tenant) {
        return tenant.controlPlane().controllerManager().extraArgs();
    }
}
