package io.hcp.core.internal.cluster.resource;

import io.hcp.core.internal.spec.form.Schema;
import io.hcp.core.internal.spec.rules.ChangeRules;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * What of the rules of descriptions a schema can tell: it refuses nothing that the rules accept. What needs the tables of
 * a release, or compares each with each, is left to the rules.
 */
final class TenantLimits {
    private static final String LABEL = "[a-z0-9](?:[-a-z0-9]*[a-z0-9])?";
    private static final String SUBDOMAIN = LABEL + "(?:\\." + LABEL + ")*";
    private static final int MAX_SUBDOMAIN = 253;
    private static final String LOAD_BALANCER = "has(self.exposure) && self.exposure == 'LoadBalancer'";
    private static final String ISSUER_URL = "[hH][tT][tT][pP][sS]://[^/@?#]+(?:/[^?#]*)?";

    private static final String SAME_RANGES = "self.map(c, cidr(c)) == oldSelf.map(c, cidr(c))";
    /** How values are compared whose text can differ though they are the same. */
    private static final Map<String, String> SAME = Map.of(
            "spec.networkProfile.serviceCidrs",
            SAME_RANGES,
            "spec.networkProfile.podCidrs",
            SAME_RANGES,
            "spec.pki.authorityValidity",
            "duration(self) == duration(oldSelf)",
            "spec.dataStore.etcd.storage.size",
            "quantity(string(self)).compareTo(quantity(string(oldSelf))) == 0");

    private static final Map<String, UnaryOperator<Schema>> LIMITS = new LinkedHashMap<>();

    static {
        limit("metadata.name", name -> Schema.text(LABEL, 40));
        limit("spec.tenantId", id -> Schema.text("[a-z][a-z0-9]{7,39}", 40));
        limit("spec.controlPlane.replicas", replicas -> replicas.range(1, 9));
        limit(
                "spec.controlPlane.startupTimeout",
                timeout -> between(timeout, "1m", "1h")
                        .rule("duration(self).getMilliseconds() % 1000 == 0", "use whole seconds"));
        limit("spec.kubernetes.version", TenantLimits::version);
        authentication("spec.kubernetes.authentication.jwt");
        audit("spec.kubernetes.auditPolicy.rules[]");
        limit("spec.kubernetes.encryptionAtRest.resources", all -> all.with("maxItems", 256));
        limit(
                "spec.kubernetes.encryptionAtRest.resources[]",
                name -> name.with("pattern", "^(?:[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\\..*)?|\\*\\..*)$"));
        network("spec.networkProfile");
        etcd("spec.dataStore.etcd");
        pki("spec.pki");
    }

    private TenantLimits() {}

    private static void limit(String path, UnaryOperator<Schema> change) {
        LIMITS.merge(path, change, (one, other) -> schema -> other.apply(one.apply(schema)));
    }

    private static Schema version(Schema version) {
        String stored = "oldSelf.replace('v', '').split('.')";
        String wanted = "self.replace('v', '').split('.')";
        return version.rule(
                        number(wanted) + " >= " + number(stored),
                        "use the present version or a newer one: stored objects cannot go back")
                .rule(
                        "int(%1$s[0]) < int(%2$s[0]) || (int(%1$s[0]) == int(%2$s[0]) && int(%1$s[1]) <= int(%2$s[1]) + 1)"
                                .formatted(wanted, stored),
                        "use a release of the next minor first");
    }

    private static String number(String parts) {
        return "int(%1$s[0]) * 1000000 + int(%1$s[1]) * 1000 + int(%1$s[2])".formatted(parts);
    }

    private static void authentication(String list) {
        String issuer = list + "[].issuer";
        limit(list, issuers -> issuers.with("maxItems", 64));
        limit(
                issuer,
                group -> group.with("required", List.of("url", "audiences"))
                        .rule(
                                "!has(self.discoveryURL) || self.discoveryURL != self.url",
                                "leave discoveryURL out: the issuer's URL is the default"));
        limit(issuer + ".url", url -> Schema.text(ISSUER_URL, 2_048));
        limit(issuer + ".discoveryURL", url -> Schema.text("(?:" + ISSUER_URL + ")?", 2_048));
        limit(issuer + ".audiences", audiences -> audiences.with("minItems", 1));
        limit(issuer + ".audiences[]", audience -> audience.with("minLength", 1));
        for (String mapping : List.of("username", "groups")) {
            limit(
                    list + "[].claimMappings." + mapping,
                    group -> group.rule(
                                    set("claim") + " != " + set("expression"), "set claim or expression, and not both")
                            .rule(
                                    set("claim") + " == has(self.prefix)",
                                    "set prefix with claim, to empty text if names need none, and leave it out with"
                                            + " expression"));
        }
        limit(
                list + "[].claimValidationRules[]",
                rule -> rule.rule(set("claim") + " != " + set("expression"), "set claim or expression, and not both")
                        .rule(
                                set("claim") + " == has(self.requiredValue)",
                                "set requiredValue with claim, and leave it out with expression")
                        .rule(
                                "!" + set("claim") + " || !" + set("message"),
                                "leave message out: it goes with expressions"));
        limit(list + "[].userValidationRules[]", rule -> rule.with("required", List.of("expression")));
        limit(list + "[].userValidationRules[].expression", text -> text.with("minLength", 1));
    }

    /** As in Go, where text cannot be absent: empty is unset. */
    private static String set(String field) {
        return "(has(self.%1$s) && self.%1$s != '')".formatted(field);
    }

    private static void audit(String rule) {
        limit(
                rule,
                group -> group.rule(
                        "!has(self.nonResourceURLs) || self.nonResourceURLs.size() == 0 ||"
                                + " ((!has(self.resources) || self.resources.size() == 0) &&"
                                + " (!has(self.namespaces) || self.namespaces.size() == 0))",
                        "use a rule of its own for nonResourceURLs: this one is about resources or namespaces"));
        limit(rule + ".nonResourceURLs[]", url -> url.with("pattern", "^(?:\\*|/[^*]*\\*?)$"));
        limit(rule + ".resources[].group", group -> Schema.text("|\\*|" + SUBDOMAIN, MAX_SUBDOMAIN));
    }

    private static void network(String group) {
        limit(
                group + ".loadBalancerClass",
                name -> Schema.text(
                        "(?:[a-z0-9](?:[-a-z0-9.]{0,251}[a-z0-9])?/)?[A-Za-z0-9](?:[-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?",
                        MAX_SUBDOMAIN + 64));
        limit(
                group,
                network -> network.rule(
                                "!has(self.loadBalancerClass) || (" + LOAD_BALANCER + ")",
                                "leave loadBalancerClass out, or set exposure to LoadBalancer")
                        .rule(
                                "!has(self.loadBalancerSourceRanges) || self.loadBalancerSourceRanges.size() == 0 || ("
                                        + LOAD_BALANCER + ")",
                                "leave loadBalancerSourceRanges out, or set exposure to LoadBalancer"));
        limit(group + ".loadBalancerSourceRanges", list -> list.with("maxItems", 256));
        limit(
                group + ".address",
                address -> address.rule("!isIP(self) || !ip(self).isUnspecified()", "use the address of one machine"));
        limit(
                group + ".certSANs[]",
                name -> Schema.text("(?:\\*\\.)?" + SUBDOMAIN + "|[0-9a-fA-F:]+", MAX_SUBDOMAIN + 2));
        for (String ranges : List.of(".serviceCidrs", ".podCidrs")) {
            limit(
                    group + ranges,
                    list -> list.with("maxItems", 2)
                            .rule(
                                    "self.size() < 2 || !self.all(c, isCIDR(c)) ||"
                                            + " cidr(self[0]).ip().family() != cidr(self[1]).ip().family()",
                                    "use one range, or one of each family"));
        }
        limit(
                group,
                network -> network.rule(
                        "!has(self.serviceCidrs) || !has(self.podCidrs) || self.serviceCidrs.size() == 0 ||"
                                + " self.podCidrs.size() == 0 || !self.serviceCidrs.all(c, isCIDR(c)) ||"
                                + " !self.podCidrs.all(c, isCIDR(c)) || self.podCidrs.map(c, cidr(c).ip().family()) =="
                                + " self.serviceCidrs.map(c, cidr(c).ip().family())",
                        "use the families of serviceCidrs for podCidrs, in their order"));
        limit(group + ".dnsServiceIPs", list -> list.with("maxItems", 2));
        limit(group + ".clusterDomain", domain -> Schema.text(SUBDOMAIN, 230));
    }

    private static void etcd(String group) {
        limit(
                group,
                etcd -> etcd.rule(
                        "duration(%1$s) + duration(%1$s) + duration(%1$s) + duration(%1$s) + duration(%1$s) <= duration(%2$s)"
                                .formatted(
                                        "self.?heartbeatInterval.orValue('100ms')",
                                        "self.?electionTimeout.orValue('1s')"),
                        "use an electionTimeout of at least 5 times the heartbeatInterval"));
        limit(
                group + ".quotaBackendBytes",
                quota -> quota.rule(
                        "quantity(string(self)).compareTo(quantity('64Mi')) >= 0 &&"
                                + " quantity(string(self)).compareTo(quantity('16Gi')) <= 0",
                        "use 64Mi to 16Gi"));
        limit(group + ".heartbeatInterval", interval -> between(interval, "10ms", "10s"));
        limit(group + ".electionTimeout", timeout -> between(timeout, "0s", "50s"));
        limit(group + ".snapshotCount", count -> count.with("minimum", 1));
    }

    private static Schema between(Schema duration, String least, String most) {
        return duration.rule(
                "duration(self) >= duration('%s') && duration(self) <= duration('%s')".formatted(least, most),
                "use " + least + " to " + most);
    }

    private static void pki(String group) {
        limit(
                group,
                pki -> pki.rule(
                        "!has(self.leafValidity) || !has(self.authorityValidity) ||"
                                + " duration(self.leafValidity) < duration(self.authorityValidity)",
                        "use a leafValidity below authorityValidity: no certificate outlives the one that signed it"));
        limit(group + ".leafValidity", validity -> between(validity, "1h", "8760h"));
        limit(group + ".authorityValidity", validity -> between(validity, "720h", "262992h"));
        for (String[] pair : new String[][] {{"cluster", "frontProxy"}, {"cluster", "etcd"}, {"frontProxy", "etcd"}}) {
            limit(
                    group + ".authorities",
                    authorities -> authorities.rule(
                            differ(pair[0], pair[1]),
                            "use an authority of its own for each: whom one authority trusts, the others must not"));
        }
        for (String authority : List.of("cluster", "frontProxy", "etcd")) {
            limit(group + ".authorities." + authority + ".secretName", name -> Schema.text(SUBDOMAIN, MAX_SUBDOMAIN));
        }
    }

    private static String differ(String one, String other) {
        return "!has(self.%1$s) || !has(self.%1$s.secretName) || !has(self.%2$s) || !has(self.%2$s.secretName) ||"
                        .formatted(one, other)
                + " self.%s.secretName != self.%s.secretName".formatted(one, other);
    }

    /** {@return a copy that takes less, and in which nothing can be changed that must not} */
    static Schema limit(Schema tenant) {
        Schema limited = tenant;
        for (Map.Entry<String, UnaryOperator<Schema>> entry : LIMITS.entrySet()) {
            limited = limited.at(entry.getKey(), entry.getValue());
        }
        for (String path : ChangeRules.fixedPaths()) {
            limited = fix(limited, path);
        }
        return limited;
    }

    /** A field whose value stays for the tenant's life. What is chosen at creation may be written down later. */
    private static Schema fix(Schema tenant, String path) {
        String remedy = ", which is kept for the tenant's life, or make another tenant";
        String field = path.substring("spec.".length());
        String value = ".?" + field.replace(".", ".?") + ".hasValue()";
        boolean chosen = !path.startsWith("spec.pki.authorities.");
        String presence =
                chosen ? "!oldSelf%1$s || self%1$s".formatted(value) : "oldSelf%1$s == self%1$s".formatted(value);
        return tenant.at(
                        path,
                        schema -> schema.rule(
                                SAME.getOrDefault(path, "self == oldSelf"), "use the present value" + remedy))
                .at("spec", spec -> spec.rule(presence, "leave " + field + " as it is" + remedy));
    }
}
