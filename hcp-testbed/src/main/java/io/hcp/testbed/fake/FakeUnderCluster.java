package io.hcp.testbed.fake;

import io.hcp.api.error.ErrorKind;
import io.hcp.api.error.HcpException;
import io.hcp.core.internal.blueprint.TenantObject;
import io.hcp.core.internal.cluster.form.ClusterObject;
import io.hcp.core.internal.cluster.form.Kind;
import io.hcp.core.internal.cluster.gateway.ClusterObjects;
import io.hcp.core.internal.cluster.gateway.Pods;
import io.hcp.core.internal.cluster.gateway.UnderCluster;
import io.hcp.core.internal.gateway.Lease;
import io.hcp.core.internal.time.Time;
import io.hcp.pki.Authority;
import io.hcp.pki.TenantPki;
import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One JVM's way to an {@link UnderWorld}. It can be killed before or after any single write. Thread-safe. */
public final class FakeUnderCluster implements UnderCluster {
    private static final Duration CALL_LASTS = Duration.ofMillis(1);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final long NEVER = Long.MAX_VALUE;

    private final UnderWorld world;
    private final List<Delayed> delayed = new ArrayList<>();
    private long writes;
    private long crashBefore = NEVER;
    private long crashAfter = NEVER;
    private volatile boolean dead;
    private volatile boolean closed;
    private volatile @Nullable Instant gone;

    FakeUnderCluster(UnderWorld world) {
        this.world = world;
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

    /** {@return true if it was killed} */
    public boolean isCrashed() {
        return dead;
    }

    boolean keepsLeases() {
        Instant since = gone;
        return !closed && (since == null || world.time().instant().isBefore(since.plus(UnderWorld.LEASE_LASTS)));
    }

    private <T> T read(Supplier<T> body) {
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
        due.forEach(one -> one.work().run());
    }

    private void requireAlive() {
        if (dead) {
            throw new Crashed(toString());
        }
    }

    private <T> T write(Lease lease, Supplier<T> body) {
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
        return new Doors();
    }

    private final class Way implements ClusterObjects {
        @Override
        public Optional<ClusterObject> get(Kind kind, String name) {
            return read(() -> world.using("get", kind).get(kind, name));
        }

        @Override
        public List<ClusterObject> list(Kind kind, Map<String, String> labels) {
            return read(() -> world.using("list", kind).list(kind, labels));
        }

        @Override
        public Optional<ClusterObject> await(
                Kind kind, String name, Duration limit, Predicate<Optional<ClusterObject>> condition) {
            long deadline = world.time().nanoTime() + Time.nanos(limit);
            Optional<ClusterObject> seen = read(() -> world.using("watch", kind).get(kind, name));
            while (!condition.test(seen) && world.time().nanoTime() < deadline) {
                world.time().pause(POLL);
                seen = read(() -> world.get(kind, name));
            }
            return seen;
        }

        @Override
        public ClusterObject create(Lease lease, ClusterObject object) {
            return write(lease, () -> world.using("create", object.kind()).create(object));
        }

        @Override
        public ClusterObject apply(Lease lease, ClusterObject fields) {
            return write(
                    lease,
                    () -> world.using("create", fields.kind())
                            .using("patch", fields.kind())
                            .apply(fields, true));
        }

        @Override
        public ClusterObject replace(Lease lease, ClusterObject object) {
            return write(lease, () -> world.using("update", object.kind()).replace(object, false));
        }

        @Override
        public ClusterObject replaceStatus(Lease lease, ClusterObject object) {
            return write(
                    lease, () -> world.using("update", object.kind(), "/status").replace(object, true));
        }

        @Override
        public void delete(Lease lease, ClusterObject object) {
            write(lease, () -> {
                world.using("delete", object.kind()).delete(object);
                return true;
            });
        }
    }

    private final class Doors implements Pods {
        @Override
        public Answer ask(String pod, TenantPki authorities) {
            return read(() -> world.get(Kind.POD, pod)
                    .filter(found -> !found.objects("status", "conditions").isEmpty())
                    .filter(found -> trusts(found, authorities))
                    .map(this::answer)
                    .orElse(Answer.NONE));
        }

        /** Who does not know the authorities of the tenant of this pod gets no connection. */
        private boolean trusts(ClusterObject pod, TenantPki authorities) {
            return world.get(Kind.SECRET, pod.label("hcp.io/tenant").orElse("") + "-ca")
                    .flatMap(secret -> secret.text("data", "tls.crt"))
                    .filter(ca -> certificate(ca)
                            .equals(authorities.authority(Authority.CLUSTER).certificate()))
                    .isPresent();
        }

        private Answer answer(ClusterObject pod) {
            String image = pod.objects("spec", "containers").stream()
                    .filter(container -> "kube-apiserver".equals(container.get("name")))
                    .map(container -> String.valueOf(container.get("image")))
                    .findFirst()
                    .orElse("");
            String tenant = pod.label("hcp.io/tenant").orElse("");
            String certificate = world.get(Kind.SECRET, tenant + "-apiserver")
                    .flatMap(secret -> secret.text("data", "pki.apiserver.crt"))
                    .map(encoded -> certificate(encoded).getSerialNumber().toString(16))
                    .orElse("");
            return new Answer(true, true, image.substring(image.lastIndexOf(":v") + 2), certificate, true);
        }

        private static X509Certificate certificate(String encoded) {
            try {
                byte[] pem = Base64.getDecoder().decode(encoded);
                return (X509Certificate)
                        CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(pem));
            } catch (CertificateException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void write(Lease lease, String pod, TenantPki authorities, List<TenantObject> objects) {
            objects.forEach(object -> FakeUnderCluster.this.write(lease, () -> {
                world.note(object.collection() + "/" + object.name(), object.json());
                return true;
            }));
        }

        @Override
        public void close() {}
    }
}
