package io.hcp.core.internal.usage;

import java.util.Collections;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How many observations were at most as large as each of some bounds.
 *
 * @param atMost the counts by bound, the last bound being infinity
 */
record Histogram(SortedMap<Double, Double> atMost) {
    static final Histogram EMPTY = new Histogram(Collections.emptySortedMap());

    /** Copies the map. */
    Histogram {
        atMost = Collections.unmodifiableSortedMap(new TreeMap<>(atMost));
    }

    /** The number of observations. */
    double count() {
        return atMost.getOrDefault(Double.POSITIVE_INFINITY, 0.0);
    }

    Histogram plus(Histogram other) {
        SortedMap<Double, Double> sum = new TreeMap<>(atMost);
        other.atMost.forEach((bound, count) -> sum.merge(bound, count, Double::sum));
        return new Histogram(sum);
    }

    /**
     * Returns what was observed since. Counts only grow: if one of them is smaller now, all began again from zero, as they
     * do with a new process.
     *
     * @param before as it was
     * @return the observations since
     */
    Histogram since(Histogram before) {
        boolean again = before.atMost.entrySet().stream()
                .anyMatch(bucket -> atMost.getOrDefault(bucket.getKey(), 0.0) < bucket.getValue());
        if (again) {
            return this;
        }
        SortedMap<Double, Double> since = new TreeMap<>();
        atMost.forEach((bound, count) -> since.put(bound, count - before.atMost.getOrDefault(bound, 0.0)));
        return new Histogram(since);
    }

    /**
     * Estimates a quantile as PromQL does: evenly spread within the bucket in which it is; the largest finite bound if it
     * is beyond that.
     *
     * @param share which one, for example 0.99
     * @return the estimate; empty if nothing was observed
     * @see <a href="https://prometheus.io/docs/prometheus/latest/querying/functions/#histogram_quantile">histogram_quantile</a>
     */
    OptionalDouble quantile(double share) {
        if (atMost.size() < 2 || !(count() > 0)) {
            return OptionalDouble.empty();
        }
        double rank = share * count();
        double start = 0;
        double below = 0;
        boolean first = true;
        for (Map.Entry<Double, Double> bucket : atMost.entrySet()) {
            double end = bucket.getKey();
            double count = Math.max(bucket.getValue(), below); // buckets are read one by one while they grow
            if (count >= rank) {
                return OptionalDouble.of(within(start, end, first, (rank - below) / (count - below)));
            }
            start = end;
            below = count;
            first = false;
        }
        return OptionalDouble.of(start); // never: the last count is the largest
    }

    private static double within(double start, double end, boolean first, double part) {
        if (end == Double.POSITIVE_INFINITY) {
            return start;
        }
        if (first && end <= 0) {
            return end;
        }
        return start + (end - start) * part;
    }
}
