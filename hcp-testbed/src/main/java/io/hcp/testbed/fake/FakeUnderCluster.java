package io.hcp.testbed.fake;

import io.hcp.api.error.ErrorKind;
import io.hcp.api.error.HcpException;
import io.hcp.core.internal.cluster.form.ClusterObject;
import io.hcp.core.internal.cluster.form.Kind;
import io.hcp.core.internal.cluster.gateway.ClusterObjects;
import io.hcp.core.internal.cluster.gateway.Nodes;
import io.hcp.core.internal.cluster.gateway.Pods;
import io.hcp.core.internal.cluster.gateway.Presence;
import io.hcp.core.internal.cluster.gateway.UnderCluster;
import io.hcp.core.internal.cluster.gateway.Watcher;
import io.hcp.core.internal.gateway.Lease;
import io.hcp.core.internal.time.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One JVM's way to an {@link UnderWorld}. It can be killed before or after any single write. Thread-safe. */
public final class FakeUnderCluster implements UnderCluster {
    private static final Duration CALL_LASTS = Duration.ofMillis(1);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration STEP = Duration.ofMillis(500);
    private static final long NEVER = Long.MAX_VALUE;

    private final UnderWorld world;
    private final List<Delayed> delayed = new ArrayList<>();
    private final List<String> requests = new ArrayList<>();
    private long writes;
    private long crashBefore = NEVER;
    private long crashAfter = NEVER;
    private int failingStatus;
    private final FakeFollowing following;
    private volatile boolean dead;
    private volatile boolean closed;
    private volatile @Nullable Instant gone;

    FakeUnderCluster(UnderWorld world) {
        this.world = world;
        this.following = new FakeFollowing(this);
    }

    UnderWorld world() {
        return world;
    }

    private record Delayed(Instant due, Runnable work) {}

    /**
     * Kills this JVM at a write.
     *
     * @param number which write, from 1
     * @param after true right after it, false right before
     * @return this
     */
    public FakeUnderCluster crashAt(long number, boolean after) {
        crashBefore = after ? NEVER : number;
        crashAfter = after ? number : NEVER;
        return this;
    }

    /** {@return how many writes there were} */
    public synchronized long writes() {
        return writes;
    }

    /**
     * Lets status not be stored.
     *
     * @param times how often
     */
    public synchronized void failStatus(int times) {
        failingStatus = times;
    }

    private synchronized void requireStatus() {
        if (failingStatus > 0) {
            failingStatus--;
            throw new HcpException(ErrorKind.IO, "the status cannot be stored", "try again");
        }
    }

    /** {@return what was asked of the API for objects, in order, for example {@code list Secret}} */
    public List<String> requests() {
        synchronized (requests) {
            return List.copyOf(requests);
        }
    }

    /** {@return true if it was killed} */
    public boolean isCrashed() {
        return dead;
    }

    boolean keepsLeases() {
        Instant since = gone;
        return !closed && (since == null || world.time().instant().isBefore(since.plus(UnderWorld.LEASE_LASTS)));
    }

    <T> T read(Supplier<T> body) {
        tick();
        return body.get();
    }

    private void tick() {
        requireAlive();
        if (Thread.currentThread().isInterrupted()) {
            throw Time.cancelled();
        }
        world.time().advance(CALL_LASTS);
        List<Delayed> due = new ArrayList<>();
        synchronized (delayed) {
            delayed.removeIf(one -> !one.due().isAfter(world.time().instant()) && due.add(one));
        }
        following.tell();
        due.forEach(one -> one.work().run());
    }

    private void requireAlive() {
        if (dead) {
            throw new Crashed(toString());
        }
    }

    <T> T write(Lease lease, Supplier<T> body) {
        tick();
        synchronized (world) {
            requireAlive();
            if (!(lease instanceof FakeUnderLease mine) || mine.holder() != this || !mine.isHeld()) {
                throw new HcpException(
                        ErrorKind.LOCKED,
                        "the right to change tenant \"" + lease.tenant() + "\" was given back or lost",
                        "make the same call again");
            }
            long number = count();
            if (number == crashBefore) {
                crash();
            }
            T stored = body.get();
            if (number == crashAfter) {
                crash();
            }
            return stored;
        }
    }

    private synchronized long count() {
        return ++writes;
    }

    private void crash() {
        dead = true;
        gone = world.time().instant();
        throw new Crashed(toString());
    }

    @Override
    public String name() {
        return "namespace " + UnderWorld.NAMESPACE + " of the imagined cluster";
    }

    @Override
    public String namespace() {
        return UnderWorld.NAMESPACE;
    }

    @Override
    public Lease acquire(String tenant) {
        return read(() -> {
            synchronized (world) {
                world.requireNoLeaseOfOthers(tenant);
                holder(tenant).ifPresent(holder -> {
                    throw new HcpException(
                            ErrorKind.LOCKED, "tenant \"" + tenant + "\" is held by " + holder, "let that one do it");
                });
                FakeUnderLease lease = new FakeUnderLease(this, tenant);
                world.leases().put(tenant, lease);
                return lease;
            }
        });
    }

    @Override
    public Optional<String> holder(String tenant) {
        synchronized (world) {
            return Optional.ofNullable(world.leases().get(tenant))
                    .filter(FakeUnderLease::isHeld)
                    .map(lease -> lease.holder().toString());
        }
    }

    /**
     * Lets time pass without asking for anything, and what is due happen.
     *
     * @param duration how long
     */
    public void pass(Duration duration) {
        Instant end = world.time().instant().plus(duration);
        while (world.time().instant().isBefore(end)) {
            world.time().advance(STEP);
            tick();
        }
    }

    @Override
    public Following follow(Watcher watcher) {
        return following.begin(watcher);
    }

    @Override
    public Map<String, String> instances() {
        return following.present().stream().collect(Collectors.toMap(name -> name, name -> name));
    }

    @Override
    public Presence announce(Runnable rearranged) {
        return following.announce(rearranged);
    }

    @Override
    public void later(Duration delay, Runnable work) {
        synchronized (delayed) {
            delayed.add(new Delayed(world.time().instant().plus(delay), work));
        }
    }

    @Override
    public void close() {
        closed = true;
    }

    @Override
    public String toString() {
        return "JVM " + Integer.toHexString(System.identityHashCode(this));
    }

    @Override
    public ClusterObjects objects() {
        return new Way();
    }

    @Override
    public Pods pods() {
        return new FakeUnderPods(this);
    }

    @Override
    public Nodes nodes() {
        return node -> {
            synchronized (requests) {
                requests.add("summary Node");
            }
            return read(() -> new FakeUnderNodes(world).summary(node));
        };
    }

    private final class Way implements ClusterObjects {
        @Override
        public Optional<ClusterObject> get(Kind kind, String name) {
            note("get", kind);
            return look(kind, name);
        }

        @Override
        public List<ClusterObject> list(Kind kind, Map<String, String> labels) {
            note("list", kind);
            return read(() -> world.list(kind, labels));
        }

        @Override
        public Optional<ClusterObject> await(
                Kind kind, String name, Duration limit, Predicate<Optional<ClusterObject>> condition) {
            long deadline = world.time().nanoTime() + Time.nanos(limit);
            note("watch", kind);
            Optional<ClusterObject> seen = look(kind, name);
            while (!condition.test(seen) && world.time().nanoTime() < deadline) {
                world.time().pause(POLL);
                seen = look(kind, name);
            }
            return seen;
        }

        private Optional<ClusterObject> look(Kind kind, String name) {
            return read(() -> world.get(kind, name));
        }

        private void note(String verb, Kind kind) {
            synchronized (requests) {
                requests.add(verb + " " + kind);
            }
        }

        @Override
        public ClusterObject create(Lease lease, ClusterObject object) {
            note("create", object.kind());
            return write(lease, () -> world.create(object));
        }

        @Override
        public ClusterObject apply(Lease lease, ClusterObject fields) {
            note("apply", fields.kind());
            return write(lease, () -> world.apply(fields, true));
        }

        @Override
        public ClusterObject replace(Lease lease, ClusterObject object) {
            note("replace", object.kind());
            return write(lease, () -> world.replace(object, false));
        }

        @Override
        public ClusterObject replaceStatus(Lease lease, ClusterObject object) {
            note("replaceStatus", object.kind());
            requireStatus();
            return write(lease, () -> world.replace(object, true));
        }

        @Override
        public void delete(Lease lease, ClusterObject object) {
            note("delete", object.kind());
            write(lease, () -> {
                world.delete(object);
                return true;
            });
        }

        @Override
        public Optional<String> evict(Lease lease, ClusterObject pod) {
            note("evict", pod.kind());
            return write(lease, () -> world.evict(pod));
        }
    }
}
