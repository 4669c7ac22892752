package io.hcp.testbed.cluster;

import io.hcp.api.model.TenantControlPlane;
import io.hcp.api.progress.HcpListener;
import io.hcp.api.progress.OperationState;
import io.hcp.core.HostedControlPlanes;
import io.hcp.core.internal.cluster.ClusterBackend;
import io.hcp.core.internal.cluster.form.ClusterObject;
import io.hcp.core.internal.cluster.form.Kind;
import io.hcp.core.internal.maintain.Maintainer;
import io.hcp.core.internal.maintain.Pace;
import io.hcp.testbed.fake.FakeUnderCluster;
import io.hcp.testbed.fake.UnderWorld;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;

/** Processes that look after imagined tenants, in imagined time. */
abstract class MaintainedPods {
    static final Duration LIMIT = Duration.ofMinutes(30);
    static final TenantControlPlane ACME = tenant("acme");
    static final Pace PACE = new Pace(4, 10, Duration.ofHours(8), Duration.ofMinutes(1), Duration.ofMillis(500));

    final UnderWorld world = new UnderWorld();
    final Queue<Instance> instances = new ArrayDeque<>();

    static TenantControlPlane tenant(String name) {
        return TenantControlPlane.builder()
                .name(name)
                .kubernetesVersion("1.35.4")
                .build();
    }

    /** One JVM with a maintainer, whose looks are taken on the test's thread. */
    final class Instance {
        final FakeUnderCluster cluster = world.open();
        final Queue<Runnable> looks = new ConcurrentLinkedQueue<>();
        final List<String> done = new CopyOnWriteArrayList<>();
        final HostedControlPlanes hcp;
        final Maintainer maintainer;

        Instance() {
            ClusterBackend backend = new ClusterBackend(cluster, world.time(), new Random(1));
            hcp = HostedControlPlanes.on(backend, new HcpListener() {
                @Override
                public void operationEnded(String tenant, String operation, OperationState state) {
                    done.add(tenant + " " + state);
                }
            });
            maintainer = new Maintainer(backend.maintained().orElseThrow(), hcp::reconcile, PACE, looks::add);
            instances.add(this);
        }

        Instance start() {
            maintainer.start();
            return this;
        }

        /** Takes the looks that are due. */
        void look() {
            for (Runnable look = looks.poll(); look != null; look = looks.poll()) {
                look.run();
            }
        }

        void end() {
            maintainer.close();
            hcp.close();
        }
    }

    @AfterEach
    void end() {
        instances.stream().filter(instance -> !instance.cluster.isCrashed()).forEach(Instance::end);
    }

    Instance maintained() {
        return new Instance().start();
    }

    /** Lets time pass in which all instances that are alive do what is due. */
    void pass(Duration duration) {
        long end = world.time().nanoTime() + duration.toNanos();
        while (world.time().nanoTime() < end) {
            for (Instance instance : instances) {
                if (!instance.cluster.isCrashed()) {
                    instance.cluster.pass(Duration.ofMillis(500));
                    instance.look();
                }
            }
        }
    }

    Optional<ClusterObject> object(String id) {
        return Optional.ofNullable(world.objects().get(id));
    }

    static ClusterObject description(String name) {
        return ClusterObject.named(Kind.TENANT, "tenants", name).with("1.35.4", "spec", "kubernetes", "version");
    }

    String phase(String tenant) {
        return object("TenantControlPlane " + tenant)
                .flatMap(own -> own.text("status", "phase"))
                .orElse("");
    }
}
