package io.hcp.core.internal.cluster.fabric;

import io.hcp.api.error.ErrorKind;
import io.hcp.api.error.HcpException;
import io.hcp.core.internal.cluster.fabric.Rest.Reply;
import io.hcp.core.internal.cluster.form.ClusterObject;
import io.hcp.core.internal.cluster.form.Kind;
import io.hcp.core.internal.cluster.gateway.ClusterObjects;
import io.hcp.core.internal.gateway.Lease;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The objects of a namespace, over HTTPS. */
final class FabricObjects implements ClusterObjects {
    private static final String JSON = "application/json";
    private static final String APPLY = "application/apply-patch+yaml";
    private static final int PAGE = 500;

    private final Rest rest;
    private final String namespace;

    FabricObjects(Rest rest, String namespace) {
        this.rest = rest;
        this.namespace = namespace;
    }

    @Override
    public Optional<ClusterObject> get(Kind kind, String name) {
        Reply reply = rest.get(path(kind, name));
        return reply.code() == 404 ? Optional.empty() : Optional.of(done(reply, "read", kind, name));
    }

    @Override
    public List<ClusterObject> list(Kind kind, Map<String, String> labels) {
        String selector = labels.entrySet().stream()
                .map(label -> label.getKey() + "=" + label.getValue())
                .collect(Collectors.joining(","));
        String query = "?limit=" + PAGE + (selector.isEmpty() ? "" : "&labelSelector=" + encoded(selector));
        List<ClusterObject> found = new ArrayList<>();
        String next = "";
        do {
            Reply reply = rest.get(path(kind, "") + query + (next.isEmpty() ? "" : "&continue=" + encoded(next)));
            ClusterObject page = done(reply, "list", kind, selector);
            page.objects("items").forEach(item -> found.add(typed(kind, item)));
            next = page.text("metadata", "continue").orElse("");
        } while (!next.isEmpty());
        return found.stream()
                .sorted(java.util.Comparator.comparing(ClusterObject::name))
                .toList();
    }

    @Override
    public Optional<ClusterObject> await(
            Kind kind, String name, Duration limit, Predicate<Optional<ClusterObject>> condition) {
        Optional<ClusterObject> seen = Optional.empty();
        String since = "";
        if (condition.test(seen)) { // what is not there sends no event
            seen = get(kind, name);
            if (condition.test(seen)) {
                return seen;
            }
            since = "&resourceVersion="
                    + seen.flatMap(ClusterObject::resourceVersion).orElse("");
        }
        String query = "?watch=true&fieldSelector=" + encoded("metadata.name=" + name);
        return new Watching(rest, kind, path(kind, "") + query, condition).run(seen, since, limit);
    }

    @Override
    public ClusterObject create(Lease lease, ClusterObject object) {
        FabricLeases.checkToMake(lease);
        return done(
                rest.send("POST", path(object.kind(), "") + manager("?"), object.tree(), JSON),
                "create",
                object.kind(),
                object.name());
    }

    @Override
    public ClusterObject apply(Lease lease, ClusterObject fields) {
        FabricLeases.checkToMake(lease);
        Reply reply = rest.send(
                "PATCH", path(fields) + manager("?force=" + fields.uid().isPresent() + "&"), fields.tree(), APPLY);
        return done(
                isAnother(fields, reply) ? new Reply(409, reply.body()) : reply, "apply", fields.kind(), fields.name());
    }

    /** The object with that uid is gone, whether or not there is another one of its name. */
    private static boolean isAnother(ClusterObject fields, Reply reply) {
        return fields.uid().isPresent()
                && (reply.code() == 404
                        || (reply.code() == 422 && reply.message().contains("metadata.uid")));
    }

    @Override
    public ClusterObject replace(Lease lease, ClusterObject object) {
        return put(lease, object, "");
    }

    @Override
    public ClusterObject replaceStatus(Lease lease, ClusterObject object) {
        return put(lease, object, "/status");
    }

    private ClusterObject put(Lease lease, ClusterObject object, String part) {
        if (object.resourceVersion().isEmpty()) {
            throw new IllegalArgumentException(object + " was never read");
        }
        FabricLeases.check(lease);
        Reply reply = rest.send("PUT", path(object) + part + manager("?"), object.tree(), JSON);
        return done(reply.code() == 404 ? new Reply(409, reply.body()) : reply, "store", object.kind(), object.name());
    }

    @Override
    public void delete(Lease lease, ClusterObject object) {
        FabricLeases.check(lease);
        Map<String, Object> preconditions = new LinkedHashMap<>();
        object.uid().ifPresent(uid -> preconditions.put("uid", uid));
        Reply reply = rest.send(
                "DELETE",
                path(object),
                Map.of(
                        "apiVersion",
                        "v1",
                        "kind",
                        "DeleteOptions",
                        "propagationPolicy",
                        "Background",
                        "preconditions",
                        preconditions),
                JSON);
        if (reply.code() != 404 && reply.code() != 409) { // gone, or another one
            ClusterObject unused = done(reply, "delete", object.kind(), object.name());
        }
    }

    @Override
    public Optional<String> evict(Lease lease, ClusterObject pod) {
        FabricLeases.check(lease);
        Map<String, Object> eviction = Map.of(
                "apiVersion",
                "policy/v1",
                "kind",
                "Eviction",
                "metadata",
                Map.of("name", pod.name(), "namespace", namespace),
                "deleteOptions",
                Map.of("preconditions", Map.of("uid", pod.uid().orElseThrow())));
        Reply reply = rest.send("POST", path(pod) + "/eviction", eviction, JSON);
        if (reply.code() == 429) {
            return Optional.of(refusal(reply));
        }
        if (reply.code() != 404 && reply.code() != 409) { // gone, or another one
            // The only refusal for good has the code of what may pass by itself.
            boolean several = reply.code() == 500 && reply.message().contains("more than one PodDisruptionBudget");
            ClusterObject unused = done(several ? new Reply(422, reply.body()) : reply, "evict", Kind.POD, pod.name());
        }
        return Optional.empty();
    }

    /** The causes name the budget, the message does not. */
    private static String refusal(Reply reply) {
        String causes = new ClusterObject(Kind.POD, reply.body())
                .objects("details", "causes").stream()
                        .map(cause -> String.valueOf(cause.get("message")))
                        .collect(Collectors.joining("; "));
        return causes.isEmpty() ? reply.message() : causes;
    }

    private static String manager(String start) {
        return start + "fieldManager=" + FIELD_MANAGER;
    }

    private String path(ClusterObject object) {
        return path(object.kind(), object.name());
    }

    private String path(Kind kind, String name) {
        return path(kind, namespace, name);
    }

    static String path(Kind kind, String namespace, String name) {
        String root = kind.apiVersion().contains("/") ? "/apis/" : "/api/";
        return root
                + kind.apiVersion()
                + (kind.namespaced() ? "/namespaces/" + namespace : "")
                + "/"
                + kind.plural()
                + (name.isEmpty() ? "" : "/" + name);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** The items of a list do not say what they are. */
    static ClusterObject typed(Kind kind, Map<String, Object> item) {
        Map<String, Object> tree = new LinkedHashMap<>(item);
        tree.put("apiVersion", kind.apiVersion());
        tree.put("kind", kind.name());
        return new ClusterObject(kind, withoutNulls(tree));
    }

    private static Map<String, Object> withoutNulls(Map<String, Object> tree) {
        Map<String, Object> clean = new LinkedHashMap<>();
        tree.forEach((key, value) -> {
            Object kept = withoutNull(value);
            if (kept != null) {
                clean.put(key, kept);
            }
        });
        return clean;
    }

    @SuppressWarnings("unchecked")
    private static @Nullable Object withoutNull(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            return withoutNulls((Map<String, Object>) map);
        }
        if (value instanceof List<?> list) {
            return list.stream()
                    .map(FabricObjects::withoutNull)
                    .filter(java.util.Objects::nonNull)
                    .toList();
        }
        return value;
    }

    private ClusterObject done(Reply reply, String what, Kind kind, String name) {
        if (reply.isDone()) {
            return typed(kind, reply.body());
        }
        String problem = "cannot %s %s %s in namespace %s of %s: %s"
                .formatted(what, kind, name, namespace, rest.server(), reply.message());
        if (reply.isNamespaceEnding()) {
            throw new HcpException(ErrorKind.BLOCKED, problem, "delete the tenant, or apply it in another namespace");
        }
        throw switch (reply.code()) {
            case 409 -> new HcpException(ErrorKind.CONFLICT, problem, "look at it as it is now, then decide anew");
            case 404 ->
                new HcpException(
                        ErrorKind.BLOCKED,
                        problem,
                        "see that the namespace exists, and that the custom resources are installed");
            case 401, 403 ->
                new HcpException(
                        ErrorKind.BLOCKED, problem, "give the user of the Kubernetes client the rights of the library");
            case 400, 405, 415, 422 ->
                new HcpException(ErrorKind.BLOCKED, problem, "see what the under cluster has against it");
            default ->
                new HcpException(ErrorKind.IO, problem, "see whether the API server of the under cluster is well");
        };
    }
}
