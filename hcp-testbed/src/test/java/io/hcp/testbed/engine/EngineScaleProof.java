package io.hcp.testbed.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.hcp.testbed.bench.EngineBench;
import io.hcp.testbed.proof.Figure;
import io.hcp.testbed.proof.Proof;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

@Proof(
        name = "engine-scale",
        shows =
                "the last of 2,000 tenants in a JVM cost as much time and heap as the first, and a plan less than a millisecond",
        minutes = 5)
class EngineScaleProof {
    @Test
    void tenants_twoThousand_costTheSameEach(TestReporter reporter) {
        EngineBench.Result result = EngineBench.measure(2000);
        System.out.println(result.describe());
        Figure.publish(
                reporter,
                String.format(
                        Locale.ROOT,
                        "the last 500 of 2,000 tenants: %.2f of the time and %.2f of the heap of the first 500; plan %.3f ms (p99 %.3f ms)",
                        result.lastBesideFirst().ofMedians(),
                        result.heapGrowth(),
                        result.planMillis(0.5),
                        result.planMillis(0.99)));
        assertThat(result.lastBesideFirst().ofMedians()).isLessThanOrEqualTo(1.3);
        assertThat(result.heapGrowth()).isLessThanOrEqualTo(1.1);
        assertThat(result.planMillis(0.99)).isLessThan(1);
    }
}
