package io.hcp.testbed.bench;

import io.hcp.api.model.TenantControlPlane;
import io.hcp.core.HostedControlPlanes;
import io.hcp.testbed.fake.FakeWorld;
import io.hcp.testbed.fake.InMemoryControlPlanes;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Measures what a tenant costs a JVM that has many: on an imagined machine, where nothing but this library's own work
 * takes time and memory.
 */
public final class EngineBench {
    private static final Duration LIMIT = Duration.ofMinutes(1);
    private static final int WARM_UP = 1000;
    private static final int QUARTERS = 4;
    private static final double NANOS = 1e9;

    private EngineBench() {}

    /**
     * What was measured.
     *
     * @param creations how long each tenant took from {@code apply} to ready, in order, in seconds
     * @param heap the bytes that each tenant takes, by the quarter in which it was made
     * @param plans how long each plan of an unchanged tenant took once all were there, in seconds, sorted
     */
    public record Result(List<Double> creations, List<Long> heap, List<Double> plans) {
        /** Copies the lists, keeping nothing of the caller's. */
        public Result {
            creations = List.copyOf(creations);
            heap = List.copyOf(heap);
            plans = plans.stream().sorted().toList();
        }

        /** {@return how long the tenants of the last quarter took beside those of the first} */
        public Ratio lastBesideFirst() {
            int quarter = creations.size() / QUARTERS;
            return new Ratio(
                    creations.subList(creations.size() - quarter, creations.size()), creations.subList(0, quarter));
        }

        /**
         * Tells how many bytes a tenant of the last quarter takes beside one of the first.
         *
         * @return 1 if it is the same
         */
        public double heapGrowth() {
            return (double) heap.get(QUARTERS - 1) / heap.get(0);
        }

        /**
         * Tells how long a plan takes.
         *
         * @param share of the plans that take no longer, for example 0.5
         * @return milliseconds
         */
        public double planMillis(double share) {
            return 1000 * plans.get((int) Math.ceil(share * plans.size()) - 1);
        }

        /** {@return the measurement in words} */
        public String describe() {
            return String.format(
                    Locale.ROOT,
                    "%d tenants:%n%s%n  heap of each tenant, by quarter: %s KiB, ratio of last and first %.2f%n"
                            + "  plan of an unchanged tenant: median %.3f ms, p99 %.3f ms, longest %.3f ms",
                    creations.size(),
                    lastBesideFirst().describe("apply to ready, last quarter", "apply to ready, first quarter"),
                    heap.stream().map(bytes -> Long.toString(bytes >> 10)).collect(Collectors.joining(", ")),
                    heapGrowth(),
                    planMillis(0.5),
                    planMillis(0.99),
                    planMillis(1));
        }
    }

    /**
     * Makes tenants one after the other, then plans for each of them.
     *
     * @param tenants how many, a multiple of 4
     * @return what was measured
     */
    public static Result measure(int tenants) {
        new Run(WARM_UP).measure();
        return new Run(tenants).measure();
    }

    /** All of it once. */
    private static final class Run {
        private final List<TenantControlPlane> specs = new ArrayList<>();
        private final List<Double> creations = new ArrayList<>();
        private final List<Long> heap = new ArrayList<>();
        private final List<Double> plans = new ArrayList<>();

        Run(int tenants) {
            for (int i = 0; i < tenants; i++) {
                specs.add(TenantControlPlane.builder()
                        .name("tenant-" + i)
                        .kubernetesVersion("1.36.3")
                        .build());
            }
        }

        Result measure() {
            int quarter = specs.size() / QUARTERS;
            try (HostedControlPlanes hcp = InMemoryControlPlanes.open(new FakeWorld())) {
                long before = usedHeap();
                for (TenantControlPlane spec : specs) {
                    creations.add(seconds(() -> hcp.apply(spec).awaitReady(LIMIT)));
                    if (creations.size() % quarter == 0) {
                        long after = usedHeap();
                        heap.add((after - before) / quarter);
                        before = after;
                    }
                }
                for (TenantControlPlane spec : specs) {
                    plans.add(seconds(() -> requireEmpty(hcp, spec)));
                }
            }
            return new Result(creations, heap, plans);
        }

        private static void requireEmpty(HostedControlPlanes hcp, TenantControlPlane spec) {
            if (!hcp.plan(spec).isEmpty()) {
                throw new IllegalStateException(spec.name() + " has changed by itself");
            }
        }

        private static double seconds(Runnable work) {
            long begun = System.nanoTime();
            work.run();
            return (System.nanoTime() - begun) / NANOS;
        }

        @SuppressWarnings("DoNotCall") // what is not garbage is what counts
        private static long usedHeap() {
            System.gc();
            return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
        }
    }
}
