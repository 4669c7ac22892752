package io.hcp.core.internal.blueprint;

import io.hcp.api.model.AuditPolicy;
import io.hcp.api.model.AuditResources;
import io.hcp.api.model.AuditRule;
import io.hcp.api.model.ClaimMapping;
import io.hcp.api.model.EncryptionAtRest;
import io.hcp.api.model.JwtIssuer;
import io.hcp.api.model.TokenRule;
import io.hcp.core.internal.yaml.PortableYaml;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** The configuration files of kube-apiserver, in the versions of their kinds that every catalogued minor reads. */
final class StructuredFiles {
    private static final String API_SERVER_CONFIG = "apiserver.config.k8s.io/v1";

    private StructuredFiles() {}

    /** Whose tokens are accepted. */
    static ConfigFile authentication(List<JwtIssuer> issuers) {
        Map<String, Object> file = kind(API_SERVER_CONFIG, "AuthenticationConfiguration");
        file.put("jwt", issuers.stream().map(StructuredFiles::issuer).toList());
        return ConfigFile.of(PortableYaml.write(file));
    }

    private static Map<String, Object> issuer(JwtIssuer issuer) {
        Map<String, Object> source = new LinkedHashMap<>();
        source.put("url", issuer.url());
        put(source, "discoveryURL", issuer.discoveryUrl());
        put(source, "certificateAuthority", issuer.certificateAuthority());
        putAll(source, "audiences", issuer.audiences());
        if (issuer.audiences().size() > 1) {
            source.put("audienceMatchPolicy", "MatchAny");
        }
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("username", issuer.username().map(StructuredFiles::mapping).orElseGet(() -> subject(issuer)));
        put(claims, "groups", issuer.groups().map(StructuredFiles::mapping));
        Map<String, Object> jwt = new LinkedHashMap<>();
        jwt.put("issuer", source);
        jwt.put("claimMappings", claims);
        putRules(jwt, "claimValidationRules", issuer.claimValidationRules());
        putRules(jwt, "userValidationRules", issuer.userValidationRules());
        return jwt;
    }

    /** What kube-apiserver's old flags did by default: the same subject of two issuers is two users. */
    private static Map<String, Object> subject(JwtIssuer issuer) {
        Map<String, Object> mapping = new LinkedHashMap<>();
        mapping.put("claim", "sub");
        mapping.put("prefix", issuer.url() + "#");
        return mapping;
    }

    private static Map<String, Object> mapping(ClaimMapping mapping) {
        Map<String, Object> node = new LinkedHashMap<>();
        put(node, "claim", mapping.claim());
        put(node, "prefix", mapping.prefix());
        put(node, "expression", mapping.expression());
        return node;
    }

    private static void putRules(Map<String, Object> jwt, String field, List<TokenRule> rules) {
        List<Map<String, Object>> nodes = new ArrayList<>();
        for (TokenRule rule : rules) {
            Map<String, Object> node = new LinkedHashMap<>();
            put(node, "claim", rule.claim());
            put(node, "requiredValue", rule.requiredValue());
            put(node, "expression", rule.expression());
            put(node, "message", rule.message());
            nodes.add(node);
        }
        if (!nodes.isEmpty()) {
            jwt.put(field, nodes);
        }
    }

    /** What is logged. */
    static ConfigFile audit(AuditPolicy policy) {
        Map<String, Object> file = kind("audit.k8s.io/v1", "Policy");
        putAll(file, "omitStages", policy.omitStages());
        if (policy.omitManagedFields()) {
            file.put("omitManagedFields", true);
        }
        // A policy without rules is refused; one that logs nothing says the same.
        file.put(
                "rules",
                policy.rules().isEmpty()
                        ? List.of(Map.of("level", "None"))
                        : policy.rules().stream().map(StructuredFiles::rule).toList());
        return ConfigFile.of(PortableYaml.write(file));
    }

    private static Map<String, Object> rule(AuditRule rule) {
        Map<String, Object> node = new LinkedHashMap<>();
        node.put("level", rule.level().toString());
        putAll(node, "users", rule.users());
        putAll(node, "userGroups", rule.userGroups());
        putAll(node, "verbs", rule.verbs());
        if (!rule.resources().isEmpty()) {
            node.put(
                    "resources",
                    rule.resources().stream().map(StructuredFiles::resources).toList());
        }
        putAll(node, "namespaces", rule.namespaces());
        putAll(node, "nonResourceURLs", rule.nonResourceUrls());
        putAll(node, "omitStages", rule.omitStages());
        put(node, "omitManagedFields", rule.omitManagedFields());
        return node;
    }

    private static Map<String, Object> resources(AuditResources resources) {
        Map<String, Object> node = new LinkedHashMap<>();
        node.put("group", resources.group());
        putAll(node, "resources", resources.resources());
        putAll(node, "resourceNames", resources.resourceNames());
        return node;
    }

    /**
     * What is encrypted. The wanted provider comes first, so that it writes; the others, and none at all, can still be
     * read. Resources that are no longer to be encrypted are written in the clear and read either way.
     */
    static ConfigFile encryption(Optional<EncryptionAtRest> wanted, EncryptionState state) {
        List<Map<String, Object>> entries = new ArrayList<>();
        List<String> encrypted = wanted.map(EncryptionState::resourcesOf).orElse(List.of());
        wanted.ifPresent(encryption -> {
            String key = EncryptionState.keyFor(encryption);
            List<Map<String, Object>> providers = new ArrayList<>(List.of(provider(key)));
            state.keys().stream().filter(other -> !other.equals(key)).forEach(other -> providers.add(provider(other)));
            providers.add(identity());
            entries.add(entry(encrypted, providers));
        });
        List<String> before = formerlyEncrypted(state.resources(), encrypted);
        if (!before.isEmpty()) {
            List<Map<String, Object>> providers = new ArrayList<>(List.of(identity()));
            state.keys().forEach(key -> providers.add(provider(key)));
            entries.add(entry(before, providers));
        }
        Map<String, Object> file = kind(API_SERVER_CONFIG, "EncryptionConfiguration");
        file.put("resources", entries);
        return new ConfigFile(PortableYaml.write(file), new TreeSet<>(state.keys()));
    }

    /** What a wider one covers is left out: it is read with the same keys there. */
    private static List<String> formerlyEncrypted(List<String> ever, List<String> now) {
        return ever.stream()
                .filter(resource -> !EncryptedResource.isCovered(resource, now))
                .filter(resource -> ever.stream()
                        .noneMatch(wide -> !wide.equals(resource)
                                && EncryptedResource.of(wide).covers(EncryptedResource.of(resource))))
                .toList();
    }

    private static Map<String, Object> entry(List<String> resources, List<Map<String, Object>> providers) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("resources", resources);
        entry.put("providers", providers);
        return entry;
    }

    private static Map<String, Object> provider(String key) {
        Map<String, Object> named = new LinkedHashMap<>();
        named.put("name", key);
        named.put("secret", ConfigFile.place(key));
        return Map.of(key.substring(0, key.lastIndexOf('-')), Map.of("keys", List.of(named)));
    }

    private static Map<String, Object> identity() {
        return Map.of("identity", Map.of());
    }

    private static Map<String, Object> kind(String apiVersion, String kind) {
        Map<String, Object> file = new LinkedHashMap<>();
        file.put("apiVersion", apiVersion);
        file.put("kind", kind);
        return file;
    }

    private static void put(Map<String, Object> node, String field, Optional<?> value) {
        value.ifPresent(present -> node.put(field, present));
    }

    /** Sorted, since sets have no order and the same description has to give the same file. */
    private static void putAll(Map<String, Object> node, String field, Collection<?> values) {
        if (!values.isEmpty()) {
            node.put(field, values.stream().map(Object::toString).sorted().toList());
        }
    }
}
