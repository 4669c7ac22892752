package io.hcp.api.usage;

import java.time.Duration;

/**
 * How long something took, estimated from the buckets of a histogram as PromQL's {@code histogram_quantile} does: what took
 * longer than the last bound of the buckets, 60 seconds in Kubernetes, counts as that bound.
 *
 * @param perSecond how often it was done, per second
 * @param p50 half of them took at most as long
 * @param p90 nine of ten took at most as long
 * @param p99 99 of 100 took at most as long
 */
public record Latency(double perSecond, Duration p50, Duration p90, Duration p99) {}
