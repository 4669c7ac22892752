package io.hcp.examples;

import io.hcp.api.model.KeyAlgorithm;
import io.hcp.testbed.bench.PkiBench;

/** Measures making a tenant's certificates and keys on this machine; the argument is the number of rounds, 7 by default. */
public final class BenchPki {
    private BenchPki() {}

    /**
     * Runs the benchmark.
     *
     * @param arguments the number of rounds
     * @throws Exception if anything fails
     */
    public static void main(String[] arguments) throws Exception {
        int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 7;
        System.out.println(PkiBench.measure(KeyAlgorithm.ECDSA_P256, rounds).describe());
        System.out.println(PkiBench.measure(KeyAlgorithm.RSA_2048, rounds).describe());
    }
}
