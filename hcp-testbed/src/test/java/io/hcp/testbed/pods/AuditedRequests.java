package io.hcp.testbed.pods;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What one program asked of the under cluster's API server, as that one's audit log tells.
 *
 * @param kinds how often each kind of request was sent, for example {@code patch secrets}
 * @param objects what was written, without Leases
 */
record AuditedRequests(Map<String, Integer> kinds, Set<String> objects) {
    private static final Set<String> WRITES = Set.of("create", "update", "patch");

    static AuditedRequests of(Path log, String userAgent) throws IOException {
        AuditedRequests requests = new AuditedRequests(new TreeMap<>(), new TreeSet<>());
        KubernetesSerialization json = new KubernetesSerialization();
        Set<String> seen = new TreeSet<>();
        for (String line : Files.readAllLines(log)) {
            // The last line may not be written to its end yet; what lasts is logged at its start and at its end.
            if (line.contains(userAgent) && line.endsWith("}")) {
                GenericKubernetesResource event = json.unmarshal(line, GenericKubernetesResource.class);
                if (userAgent.equals(event.get("userAgent")) && seen.add(event.get("auditID"))) {
                    requests.add(event);
                }
            }
        }
        return requests;
    }

    private void add(GenericKubernetesResource event) {
        String verb = event.get("verb");
        String resource = event.get("objectRef", "resource");
        String part = event.get("objectRef", "subresource");
        kinds.merge(verb + " " + (part == null ? resource : resource + "/" + part), 1, Integer::sum);
        Integer code = event.get("responseStatus", "code");
        boolean done = code != null && code < 300;
        if (WRITES.contains(verb) && part == null && done && !"leases".equals(resource)) {
            objects.add(resource + "/" + event.get("objectRef", "name"));
        }
    }

    /** All but those of {@link #beside}. */
    int counted() {
        return kinds.values().stream().mapToInt(Integer::intValue).sum() - beside();
    }

    /** Requests that come with time and not with objects. */
    int beside() {
        return kinds.entrySet().stream()
                .filter(kind ->
                        kind.getKey().startsWith("watch ") || kind.getKey().matches("\\w+ (leases|events)"))
                .mapToInt(Map.Entry::getValue)
                .sum();
    }

    double perObject() {
        return (double) counted() / objects.size();
    }

    /** In a line. */
    String figure() {
        return String.format(
                Locale.ROOT,
                "%d requests for %d objects are %.2f per object, %d watches, Leases and Events beside them",
                counted(),
                objects.size(),
                perObject(),
                beside());
    }
}
