package io.hcp.testbed.bench;

import io.hcp.api.model.TenantControlPlane;
import io.hcp.core.HostedControlPlanes;
import io.hcp.testbed.fake.FakeWorld;
import io.hcp.testbed.fake.InMemoryControlPlanes;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
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
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private EngineBench() {}

    /**
     * What was measured.
     *
     * @param creations how long each tenant took from {@code apply} to ready, in order, in seconds
     * @param heap the bytes that each tenant takes, by the quarter in which it was made
     * @param plans how long each plan of an unchanged tenant took once all were there, in seconds, sorted
     * @param planning the processor's part of that, which does not tell what else the machine was at, in seconds, sorted
     */
    public record Result(List<Double> creations, List<Long> heap, List<Double> plans, List<Double> planning) {
        /** Copies the lists, keeping nothing of the caller's. */
        public Result {
            creations = List.copyOf(creations);
            heap = List.copyOf(heap);
            plans = plans.stream().sorted().toList();
            planning = planning.stream().sorted().toList();
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

        /** {@return how many milliseconds a plan takes, the median} */
        public double planMillis() {
            return millis(plans, 0.5);
        }

        /** {@return how many milliseconds the processor plans, in 99 of 100 plans} */
        public double planningMillis() {
            return millis(planning, 0.99);
        }

        private static double millis(List<Double> sorted, double share) {
            return 1000 * sorted.get((int) Math.ceil(share * sorted.size()) - 1);
        }

        /** {@return the measurement in words} */
        public String describe() {
            return String.format(
                    Locale.ROOT,
                    "%d tenants:%n%s%n  heap of each tenant, by quarter: %s KiB, ratio of last and first %.2f%n"
                            + "  plan of an unchanged tenant: median %.3f ms, p99 %.3f ms; of the processor %.3f ms, p99 %.3f ms",
                    creations.size(),
                    lastBesideFirst().describe("apply to ready, last quarter", "apply to ready, first quarter"),
                    heap.stream().map(bytes -> Long.toString(bytes >> 10)).collect(Collectors.joining(", ")),
                    heapGrowth(),
                    planMillis(),
                    millis(plans, 0.99),
                    millis(planning, 0.5),
                    planningMillis());
        }
    }

    /**
     * Makes tenants one after the other, then plans for each of them.
     *
     * @param tenants how many, a multiple of 4
     * @return what was measured
     */
    public static Result measure(int tenants) {
        // The first tenants stay: the JDK caches some of their certificates, and would free them for those of later
        // ones.
        try (Run warmUp = new Run(WARM_UP);
                Run run = new Run(tenants)) {
            warmUp.measure();
            return run.measure();
        }
    }

    /** All of it once. */
    private static final class Run implements AutoCloseable {
        private final HostedControlPlanes hcp = InMemoryControlPlanes.open(new FakeWorld());
        private final List<TenantControlPlane> specs = new ArrayList<>();
        private final List<Double> creations = new ArrayList<>();
        private final List<Long> heap = new ArrayList<>();
        private final List<Double> plans = new ArrayList<>();
        private final List<Double> planning = new ArrayList<>();

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
                long begun = THREADS.getCurrentThreadCpuTime();
                plans.add(seconds(() -> requireEmpty(spec)));
                planning.add((THREADS.getCurrentThreadCpuTime() - begun) / NANOS);
            }
            return new Result(creations, heap, plans, planning);
        }

        @Override
        public void close() {
            hcp.close();
        }

        private void requireEmpty(TenantControlPlane spec) {
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
