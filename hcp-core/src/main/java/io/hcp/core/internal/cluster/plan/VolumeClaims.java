package io.hcp.core.internal.cluster.plan;

import io.hcp.api.error.ErrorKind;
import io.hcp.api.plan.Obstacle;
import io.hcp.core.internal.cluster.form.ClusterObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The claims of the volumes of etcd.
 *
 * @param uids those that are there, by name
 * @param deleted the names of those that were deleted and are still there for the pods that use them
 * @param noted the uids that claims of the tenant had before; empty if none were noted yet
 */
public record VolumeClaims(Map<String, String> uids, List<String> deleted, List<String> noted) {
    /** There is none, and nobody has seen any. */
    public static final VolumeClaims NONE = of(List.of(), List.of());

    /** Copies the collections. */
    public VolumeClaims {
        uids = Map.copyOf(uids);
        deleted = List.copyOf(deleted);
        noted = List.copyOf(noted);
    }

    /**
     * Takes what was found.
     *
     * @param claims those that are there
     * @param noted the uids that claims of the tenant had before
     * @return the claims
     */
    public static VolumeClaims of(List<ClusterObject> claims, List<String> noted) {
        SortedMap<String, String> uids = new TreeMap<>();
        claims.forEach(claim -> uids.put(claim.name(), claim.uid().orElse("")));
        List<String> deleted = claims.stream()
                .filter(ClusterObject::isDeleting)
                .map(ClusterObject::name)
                .toList();
        return new VolumeClaims(uids, deleted, noted);
    }

    /**
     * Tells why a pod of etcd must stay: its claim, and with it its data, goes with it.
     *
     * @param tenant the tenant's name
     * @param claims the names of claims that were deleted
     * @return what stands in the way of everything that takes such a pod away
     */
    public static Obstacle deleted(String tenant, List<String> claims) {
        return new Obstacle(
                ErrorKind.BLOCKED,
                "PersistentVolumeClaims of tenant \"%s\" were deleted and stay only as long as their pods: %s; what these members of etcd have stored would be lost, with a single member all that the tenant has"
                        .formatted(tenant, String.join(", ", claims)),
                "save the data first, with a snapshot of etcd or with reclaim policy Retain on their PersistentVolumes, and"
                        + " leave these members alone until then: nobody can take the deletion back");
    }

    boolean isEmpty() {
        return uids.isEmpty();
    }

    /** Whether all that are there were made after those that the tenant had. Some may be: a member can get back its data. */
    boolean areMadeAnew() {
        return !isEmpty() && !noted.isEmpty() && uids.values().stream().noneMatch(noted::contains);
    }

    List<String> names() {
        return uids.keySet().stream().sorted().toList();
    }

    /** What a plan was worked out from. */
    List<String> facts() {
        List<String> facts = new ArrayList<>(List.of(String.valueOf(!isEmpty())));
        deleted.forEach(name -> facts.add("deleted " + name));
        if (areMadeAnew()) {
            facts.add("made anew");
        }
        return facts;
    }
}
