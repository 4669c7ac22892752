package io.hcp.testbed.fake;

import io.hcp.api.error.ErrorKind;
import io.hcp.api.error.HcpException;
import io.hcp.core.internal.cluster.form.ClusterObject;
import io.hcp.core.internal.cluster.form.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * An imagined namespace of an under cluster, as it is whether or not anybody looks: objects with resource versions, owners,
 * finalizers and field managers; controllers that make pods, volumes and addresses; leases. It outlives its
 * {@link FakeUnderCluster}s, as a real one outlives JVMs. Thread-safe.
 */
public final class UnderWorld {
    /** How long others leave a tenant alone whose holder is gone. */
    public static final Duration LEASE_LASTS = Duration.ofSeconds(20);

    /** How long pods take until they are ready. */
    static final Duration START_UP = Duration.ofSeconds(3);

    /** The namespace. */
    static final String NAMESPACE = "tenants";

    private final VirtualTime time = new VirtualTime();
    private final SortedMap<String, Entry> entries = new TreeMap<>();
    private final Map<String, FakeUnderLease> leases = new TreeMap<>();
    private final SortedMap<String, String> written = new TreeMap<>();
    private final Map<String, FakeUnderCluster> instances = new ConcurrentHashMap<>();
    private final UnderControllers controllers = new UnderControllers(this);
    private long number;
    private Predicate<ClusterObject> broken = pod -> false;
    private Predicate<String> absent = pod -> false;
    private final FakeLoads loads = new FakeLoads();
    private volatile Predicate<String> secretive = node -> false;

    /** Makes an empty namespace. */
    public UnderWorld() {}

    /**
     * An object, and who has written what of it.
     *
     * @param live as it is
     * @param ours what the library applied last
     * @param others what others applied
     */
    record Entry(ClusterObject live, Map<String, Object> ours, Map<String, Object> others) {}

    /** {@return what another JVM works with} */
    public FakeUnderCluster open() {
        return new FakeUnderCluster(this);
    }

    /** {@return the time of this world} */
    public VirtualTime time() {
        return time;
    }

    /** {@return all objects but events, by kind and name} */
    public synchronized SortedMap<String, ClusterObject> objects() {
        controllers.settle();
        SortedMap<String, ClusterObject> all = new TreeMap<>();
        entries.forEach((key, entry) -> all.put(key, entry.live()));
        all.values().removeIf(object -> object.kind().equals(Kind.EVENT));
        return all;
    }

    /** {@return the events, in the order in which they came, as type, reason, message and how often} */
    public synchronized List<String> events() {
        return entries.values().stream()
                .map(Entry::live)
                .filter(object -> object.kind().equals(Kind.EVENT))
                .sorted(Comparator.comparingLong(
                        event -> Long.parseLong(event.resourceVersion().orElse("0"))))
                .map(event -> "%s %s %s (%d)"
                        .formatted(
                                event.text("type").orElse(""),
                                event.text("reason").orElse(""),
                                event.text("message").orElse(""),
                                event.number("count")))
                .toList();
    }

    /** {@return what was written in tenants, by the names of the objects} */
    public synchronized SortedMap<String, String> written() {
        return new TreeMap<>(written);
    }

    /**
     * Applies fields as somebody else, whoever wrote them before.
     *
     * @param fields the object with the fields
     */
    public synchronized void applyAsOther(ClusterObject fields) {
        ClusterObject unused = apply(fields, false);
    }

    /**
     * Deletes an object, as somebody with kubectl might.
     *
     * @param id its kind and name
     */
    public synchronized void destroy(String id) {
        Optional.ofNullable(entries.get(id)).map(Entry::live).ifPresent(this::delete);
        controllers.settle();
    }

    /**
     * Breaks pods.
     *
     * @param pods those that do not work, now and later
     */
    public synchronized void breakPods(Predicate<ClusterObject> pods) {
        broken = pods;
    }

    /**
     * Keeps members of etcd from being made anew.
     *
     * @param names the names of their pods
     */
    public synchronized void keepAway(Predicate<String> names) {
        absent = names;
    }

    /** {@return how much tenants do} */
    public FakeLoads loads() {
        return loads;
    }

    /**
     * Keeps kubelets from telling what runs on their nodes, as a missing right does.
     *
     * @param nodes the names of the nodes
     */
    public void keepSecret(Predicate<String> nodes) {
        secretive = nodes;
    }

    boolean isSecretive(String node) {
        return secretive.test(node);
    }

    boolean isBroken(ClusterObject pod) {
        return broken.test(pod);
    }

    boolean isAbsent(String pod) {
        return absent.test(pod);
    }

    synchronized void note(String name, String json) {
        written.put(name, json);
    }

    /** Those that have said that they look after tenants, whether they are there still or not. */
    Map<String, FakeUnderCluster> instances() {
        return instances;
    }

    Map<String, FakeUnderLease> leases() {
        return leases;
    }

    /** Rights to change tenants are kept apart from objects: a Lease that is one is somebody else's. */
    synchronized void requireNoLeaseOfOthers(String tenant) {
        if (entries.containsKey(key(Kind.LEASE, tenant))) {
            throw new HcpException(
                    ErrorKind.BLOCKED, "Lease " + tenant + " exists and is not this tenant's", "take another name");
        }
    }

    synchronized long next() {
        return ++number;
    }

    private static String key(Kind kind, String name) {
        return kind + " " + name;
    }

    synchronized Optional<ClusterObject> get(Kind kind, String name) {
        controllers.settle();
        return Optional.ofNullable(entries.get(key(kind, name))).map(Entry::live);
    }

    synchronized List<ClusterObject> list(Kind kind, Map<String, String> labels) {
        controllers.settle();
        return entries.values().stream()
                .map(Entry::live)
                .filter(object -> object.kind().equals(kind))
                .filter(object -> labels.entrySet().stream()
                        .allMatch(label -> object.label(label.getKey()).equals(Optional.of(label.getValue()))))
                .toList();
    }

    synchronized ClusterObject create(ClusterObject object) {
        if (entries.containsKey(object.id())) {
            throw conflict(object, "exists");
        }
        return put(new Entry(born(object), Map.of(), Map.of()));
    }

    private ClusterObject born(ClusterObject object) {
        return controllers.defaults(
                object.with("uid-" + next(), "metadata", "uid").with(1L, "metadata", "generation"));
    }

    private ClusterObject put(Entry entry) {
        ClusterObject stored = entry.live().with(Long.toString(next()), "metadata", "resourceVersion");
        entries.put(stored.id(), new Entry(stored, entry.ours(), entry.others()));
        return stored;
    }

    synchronized ClusterObject apply(ClusterObject fields, boolean ours) {
        Entry before = entries.get(fields.id());
        if (before == null) {
            if (fields.uid().isPresent()) {
                throw conflict(fields, "is gone");
            }
            Map<String, Object> given = UnderFields.withoutIdentity(fields.tree());
            ClusterObject fresh = born(ours ? UnderFields.managed(fields, given) : fields);
            return put(new Entry(fresh, ours ? given : Map.of(), ours ? Map.of() : given));
        }
        if (ours) {
            requireSame(fields, before.live());
            if (fields.uid().isEmpty() && UnderFields.differ(fields.tree(), before.others())) {
                throw conflict(fields, "has fields of others");
            }
        }
        Map<String, Object> own = UnderFields.withoutIdentity(fields.tree());
        Map<String, Object> merged =
                UnderFields.merge(before.live().tree(), own, ours ? before.ours() : before.others());
        ClusterObject all = new ClusterObject(fields.kind(), merged);
        ClusterObject next = ours ? UnderFields.managed(all, own) : all;
        Entry after =
                new Entry(generation(before.live(), next), ours ? own : before.ours(), ours ? before.others() : own);
        if (after.live().equals(before.live())) {
            entries.put(fields.id(), after);
            return before.live();
        }
        return put(after);
    }

    private static void requireSame(ClusterObject wanted, ClusterObject live) {
        boolean same =
                wanted.uid().filter(uid -> !live.uid().equals(Optional.of(uid))).isEmpty()
                        && wanted.resourceVersion()
                                .filter(version -> !live.resourceVersion().equals(Optional.of(version)))
                                .isEmpty();
        if (!same) {
            throw conflict(wanted, "has changed");
        }
    }

    synchronized ClusterObject replace(ClusterObject object, boolean status) {
        Entry before = entries.get(object.id());
        if (before == null) {
            throw conflict(object, "is gone");
        }
        requireSame(object, before.live());
        ClusterObject live = before.live();
        ClusterObject next = status
                ? live.with(nullIfEmpty(object.object("status")), "status")
                : object.with(nullIfEmpty(live.object("status")), "status");
        next = generation(live, next);
        if (next.equals(live)) {
            return live;
        }
        if (next.isDeleting() && next.texts("metadata", "finalizers").isEmpty()) {
            entries.remove(object.id());
            return next;
        }
        return put(new Entry(next, before.ours(), before.others()));
    }

    private static @Nullable Object nullIfEmpty(Map<String, Object> map) {
        return map.isEmpty() ? null : map;
    }

    private static ClusterObject generation(ClusterObject before, ClusterObject after) {
        return Objects.equals(before.object("spec"), after.object("spec"))
                ? after
                : after.with(before.number("metadata", "generation") + 1, "metadata", "generation");
    }

    synchronized void delete(ClusterObject object) {
        Entry found = entries.get(object.id());
        if (found == null || !found.live().uid().equals(object.uid())) {
            return;
        }
        if (found.live().texts("metadata", "finalizers").isEmpty()) {
            entries.remove(object.id());
        } else if (!found.live().isDeleting()) {
            put(new Entry(
                    found.live()
                            .with(time.instant().toString(), "metadata", "deletionTimestamp")
                            .with(found.live().number("metadata", "generation") + 1, "metadata", "generation"),
                    found.ours(),
                    found.others()));
        }
    }

    synchronized Optional<String> evict(ClusterObject pod) {
        controllers.settle();
        Optional<ClusterObject> found = Optional.ofNullable(entries.get(pod.id()))
                .map(Entry::live)
                .filter(live -> live.uid().equals(pod.uid()));
        Optional<String> refusal = found.flatMap(controllers.budgets()::refusal);
        if (refusal.isEmpty()) {
            delete(pod);
        }
        return refusal;
    }

    /** Puts what a controller or somebody else makes. */
    synchronized void place(ClusterObject object) {
        Entry before = entries.get(object.id());
        Map<String, Object> ours = before == null ? Map.of() : before.ours();
        Map<String, Object> others = before == null ? Map.of() : before.others();
        entries.put(object.id(), new Entry(object, ours, others));
    }

    /** Takes an object away, whatever its finalizers say. */
    synchronized void remove(ClusterObject object) {
        entries.remove(object.id());
    }

    List<ClusterObject> all() {
        List<ClusterObject> all = new ArrayList<>();
        new LinkedHashMap<>(entries).values().forEach(entry -> all.add(entry.live()));
        return all;
    }

    private static HcpException conflict(ClusterObject object, String why) {
        return new HcpException(ErrorKind.CONFLICT, object + " " + why, "look at it as it is now");
    }
}
