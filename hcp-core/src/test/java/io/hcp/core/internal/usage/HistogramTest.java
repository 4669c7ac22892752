package io.hcp.core.internal.usage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The values of quantiles are those of PromQL's histogram_quantile for the same buckets. */
class HistogramTest {
    private static final double INFINITE = Double.POSITIVE_INFINITY;

    private static Histogram of(Map<Double, Double> atMost) {
        return new Histogram(new TreeMap<>(atMost));
    }

    @Test
    void quantile_withinABucket_isInterpolated() {
        Histogram histogram = of(Map.of(0.1, 10.0, 0.5, 30.0, 1.0, 40.0, INFINITE, 40.0));
        assertThat(histogram.quantile(0.5).getAsDouble())
                .isCloseTo(0.3, within(1e-9)); // rank 20: half of the way from 0.1 to 0.5
        assertThat(histogram.quantile(0.9).getAsDouble()).isCloseTo(0.8, within(1e-9));
        assertThat(histogram.quantile(0.25)).hasValue(0.1);
        assertThat(histogram.quantile(0.125)).hasValue(0.05); // the first bucket begins at zero
        assertThat(histogram.quantile(1)).hasValue(1.0);
    }

    @Test
    void quantile_beyondTheLastBound_isThatBound() {
        assertThat(of(Map.of(0.1, 1.0, 60.0, 2.0, INFINITE, 100.0)).quantile(0.99))
                .hasValue(60);
    }

    @Test
    void quantile_firstBoundNotPositive_isThatBound() {
        assertThat(of(Map.of(-1.0, 5.0, 1.0, 6.0, INFINITE, 6.0)).quantile(0.5)).hasValue(-1);
    }

    @Test
    void quantile_nothingObserved_isEmpty() {
        assertThat(Histogram.EMPTY.quantile(0.5)).isEmpty();
        assertThat(of(Map.of(1.0, 0.0, INFINITE, 0.0)).quantile(0.5)).isEmpty();
        assertThat(of(Map.of(INFINITE, 3.0)).quantile(0.5)).isEmpty();
        assertThat(of(Map.of(1.0, 3.0)).quantile(0.5))
                .as("without the last bucket")
                .isEmpty();
    }

    @Test
    void quantile_bucketsReadWhileTheyGrow_areTakenAsGrowing() {
        assertThat(of(Map.of(1.0, 10.0, 2.0, 9.0, 3.0, 20.0, INFINITE, 20.0)).quantile(0.75))
                .hasValue(2.5);
    }

    @Test
    void since_grown_isTheDifference() {
        Histogram before = of(Map.of(1.0, 3.0, INFINITE, 4.0));
        assertThat(of(Map.of(1.0, 3.0, INFINITE, 6.0)).since(before)).isEqualTo(of(Map.of(1.0, 0.0, INFINITE, 2.0)));
        assertThat(before.since(Histogram.EMPTY)).isEqualTo(before);
    }

    @Test
    void since_oneBucketSmaller_countsFromZero() {
        Histogram before = of(Map.of(1.0, 3.0, INFINITE, 4.0));
        Histogram again = of(Map.of(1.0, 2.0, INFINITE, 9.0));
        assertThat(again.since(before)).isEqualTo(again);
    }

    @Test
    void plus_otherReplica_addsBuckets() {
        assertThat(of(Map.of(1.0, 1.0, INFINITE, 2.0)).plus(of(Map.of(1.0, 10.0, INFINITE, 20.0))))
                .isEqualTo(of(Map.of(1.0, 11.0, INFINITE, 22.0)));
    }
}
