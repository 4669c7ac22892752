package io.hcp.examples;

import io.hcp.testbed.bench.EngineBench;

/** Measures what a tenant costs a JVM that has many; the argument is the number of tenants, 2000 by default. */
public final class BenchEngine {
    private BenchEngine() {}

    /**
     * Runs the benchmark.
     *
     * @param arguments the number of tenants
     */
    public static void main(String[] arguments) {
        int tenants = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 2000;
        System.out.println(EngineBench.measure(tenants).describe());
    }
}
