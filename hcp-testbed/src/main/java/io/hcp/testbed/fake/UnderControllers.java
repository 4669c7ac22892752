package io.hcp.testbed.fake;

import io.hcp.core.internal.cluster.form.ClusterObject;
import io.hcp.core.internal.cluster.form.Kind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What an under cluster does by itself: it makes pods and volumes, gives addresses, and collects garbage. */
final class UnderControllers {
    private static final String REVISION = "controller-revision-hash";
    private static final String CLAIM_PREFIX = "data-";
    private static final String CLAIM_FINALIZER = "kubernetes.io/pvc-protection";
    private static final String TEMPLATE_HASH = "pod-template-hash";

    private final UnderWorld world;
    private final UnderBudgets budgets;

    UnderControllers(UnderWorld world) {
        this.world = world;
        this.budgets = new UnderBudgets(world);
    }

    UnderBudgets budgets() {
        return budgets;
    }

    ClusterObject defaults(ClusterObject object) {
        if (!object.kind().equals(Kind.SERVICE)
                || object.text("spec", "clusterIP").isPresent()) {
            return object;
        }
        boolean balanced =
                object.text("spec", "type").filter("LoadBalancer"::equals).isPresent();
        // One range for each sort, so that an address does not depend on the order of other writes.
        long number = world.all().stream()
                        .filter(other -> other.kind().equals(Kind.SERVICE))
                        .filter(other -> balanced
                                == other.text("spec", "type")
                                        .filter("LoadBalancer"::equals)
                                        .isPresent())
                        .count()
                + (balanced ? 1 : 101);
        ClusterObject addressed = object.with("10.96.1." + number, "spec", "clusterIP");
        return !balanced
                ? addressed
                : addressed.with(
                        List.of(Map.of(
                                "ip", object.text("spec", "loadBalancerIP").orElse("192.0.2." + number))),
                        "status",
                        "loadBalancer",
                        "ingress");
    }

    void settle() {
        collect();
        letClaimsGo();
        world.all().stream()
                .filter(object -> object.kind().equals(Kind.DEPLOYMENT))
                .forEach(this::deployment);
        world.all().stream()
                .filter(object -> object.kind().equals(Kind.STATEFUL_SET))
                .forEach(this::statefulSet);
        budgets.settle();
    }

    private void collect() {
        Set<String> uids = uids();
        for (ClusterObject object : world.all()) {
            Set<String> there = uids;
            boolean orphan = object.objects("metadata", "ownerReferences").stream()
                    .anyMatch(owner -> !there.contains(String.valueOf(owner.get("uid"))));
            if (orphan) {
                world.remove(object);
                uids = uids();
            }
        }
    }

    private Set<String> uids() {
        return world.all().stream().flatMap(object -> object.uid().stream()).collect(Collectors.toSet());
    }

    /** A claim that was deleted stays as long as the pod that uses it. */
    private void letClaimsGo() {
        List<ClusterObject> all = world.all();
        all.stream()
                .filter(object -> object.kind().equals(Kind.VOLUME_CLAIM) && object.isDeleting())
                .filter(claim -> all.stream()
                        .filter(object -> object.kind().equals(Kind.POD))
                        .noneMatch(pod -> claim.name().equals(CLAIM_PREFIX + pod.name())))
                .forEach(world::remove);
    }

    private List<ClusterObject> pods(ClusterObject owner) {
        return world.all().stream()
                .filter(object -> object.kind().equals(Kind.POD))
                .filter(pod -> pod.objects("metadata", "ownerReferences").stream()
                        .anyMatch(reference -> owner.uid().equals(Optional.of(String.valueOf(reference.get("uid"))))))
                .toList();
    }

    private static String hash(ClusterObject workload) {
        return Integer.toHexString(
                workload.object("spec", "template").toString().hashCode());
    }

    private void pod(ClusterObject workload, String name, String label, String hash) {
        ClusterObject template = new ClusterObject(Kind.POD, workload.object("spec", "template"));
        Map<String, Object> labels = new LinkedHashMap<>(template.object("metadata", "labels"));
        labels.put(label, hash);
        world.place(ClusterObject.named(Kind.POD, workload.namespace(), name)
                .with("uid-" + world.next(), "metadata", "uid")
                .with(world.time().instant().toString(), "metadata", "creationTimestamp")
                .with(labels, "metadata", "labels")
                .with(
                        List.of(Map.of(
                                "name", workload.name(), "uid", workload.uid().orElse(""))),
                        "metadata",
                        "ownerReferences")
                .with(template.object("spec"), "spec")
                .with(node().orElse(null), "spec", "nodeName"));
    }

    /** The node with the fewest pods, if there is any. */
    private Optional<String> node() {
        List<ClusterObject> all = world.all();
        return all.stream()
                .filter(object -> object.kind().equals(Kind.NODE))
                .map(ClusterObject::name)
                .min(Comparator.comparingLong(node -> all.stream()
                        .filter(object -> object.text("spec", "nodeName").equals(Optional.of(node)))
                        .count()));
    }

    private boolean isUp(ClusterObject pod) {
        Instant begun = Instant.parse(pod.text("metadata", "creationTimestamp").orElseThrow());
        return !world.isBroken(pod) && !world.time().instant().isBefore(begun.plus(UnderWorld.START_UP));
    }

    private boolean isReady(ClusterObject pod) {
        return tell(pod, isUp(pod));
    }

    private boolean tell(ClusterObject pod, boolean ready) {
        if (ready != UnderBudgets.isReady(pod)) {
            world.place(pod.with(
                    List.of(Map.of("type", "Ready", "status", ready ? "True" : "False")), "status", "conditions"));
        }
        return ready;
    }

    private void deployment(ClusterObject deployment) {
        String hash = hash(deployment);
        int wanted = (int) deployment.number("spec", "replicas");
        List<ClusterObject> fresh = new ArrayList<>();
        List<ClusterObject> old = new ArrayList<>();
        pods(deployment).forEach(pod -> (pod.label(TEMPLATE_HASH).equals(Optional.of(hash)) ? fresh : old).add(pod));
        for (int i = fresh.size(); i < wanted; i++) {
            pod(deployment, deployment.name() + "-" + hash + "-" + world.next(), TEMPLATE_HASH, hash);
        }
        long ready = fresh.stream().filter(this::isReady).count();
        if (ready >= wanted) {
            old.forEach(world::remove);
            fresh.stream().skip(wanted).forEach(world::remove);
        }
        int left = ready >= wanted ? 0 : old.size();
        Map<String, Object> status = new LinkedHashMap<>();
        status.put("observedGeneration", deployment.number("metadata", "generation"));
        status.put("replicas", wanted + left);
        status.put("updatedReplicas", wanted);
        status.put("readyReplicas", ready);
        status.put("availableReplicas", ready);
        world.place(deployment.with(status, "status"));
    }

    /** The members of an etcd: none is ready without a quorum. */
    private void statefulSet(ClusterObject set) {
        String hash = hash(set);
        int wanted = (int) set.number("spec", "replicas");
        Map<String, Object> labels =
                new ClusterObject(Kind.POD, set.object("spec", "template")).object("metadata", "labels");
        for (int i = 0; i < wanted; i++) {
            String name = set.name() + "-" + i;
            ClusterObject claim = ClusterObject.named(Kind.VOLUME_CLAIM, set.namespace(), CLAIM_PREFIX + name)
                    .with(labels, "metadata", "labels")
                    .with(List.of(CLAIM_FINALIZER), "metadata", "finalizers");
            if (pods(set).stream().anyMatch(pod -> pod.name().equals(name))) {
                continue; // whose claim is not made again while it runs
            }
            if (world.all().stream().noneMatch(object -> object.id().equals(claim.id()))) {
                world.place(claim.with("uid-" + world.next(), "metadata", "uid"));
            }
            if (!world.isAbsent(name)) {
                pod(set, name, REVISION, hash);
            }
        }
        List<ClusterObject> pods = pods(set);
        boolean quorum = pods.stream().filter(this::isUp).count() > wanted / 2;
        Map<String, Object> status = new LinkedHashMap<>();
        status.put("observedGeneration", set.number("metadata", "generation"));
        status.put("replicas", pods.size());
        status.put(
                "readyReplicas",
                pods.stream().filter(pod -> tell(pod, quorum && isUp(pod))).count());
        status.put(
                "updatedReplicas",
                pods.stream()
                        .filter(pod -> pod.label(REVISION).equals(Optional.of(hash)))
                        .count());
        status.put("updateRevision", hash);
        status.put("currentRevision", set.text("status", "currentRevision").orElse(hash)); // stays with OnDelete
        world.place(set.with(status, "status"));
    }
}
