package io.hcp.core.internal.usage;

import io.hcp.api.usage.ApiUsage;
import io.hcp.api.usage.Latency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** What API servers did between two samples. */
final class ApiRates {
    private static final String TOO_MANY = "429";
    private static final double HALF = 0.5;
    private static final double NINE_TENTHS = 0.9;
    private static final double NINETY_NINE = 0.99;

    private final Map<String, Double> requests = new HashMap<>();
    private final Map<String, Histogram> latencies = new HashMap<>();
    private final Map<String, Double> observed = new HashMap<>();
    private Histogram datastore = Histogram.EMPTY;
    private double datastoreAnswers;
    private double clientRequests;
    private double inFlight;
    private double watches;
    private OptionalLong datastoreBytes = OptionalLong.empty();

    private ApiRates() {}

    /**
     * Works out the usage. A replica that was not in the first sample is left out, as it is not known since when it counts.
     *
     * @param before the first sample of each replica
     * @param after the second one
     * @return the usage; empty if no replica is in both
     */
    static Optional<ApiUsage> between(List<ApiSample> before, List<ApiSample> after) {
        Map<String, ApiSample> known =
                before.stream().collect(Collectors.toMap(ApiSample::replica, sample -> sample, (one, other) -> one));
        ApiRates rates = new ApiRates();
        boolean any = false;
        for (ApiSample sample : after) {
            ApiSample first = known.get(sample.replica());
            if (first != null && first.at().isBefore(sample.at())) {
                rates.add(first, sample);
                any = true;
            }
        }
        return any ? Optional.of(rates.usage()) : Optional.empty();
    }

    private void add(ApiSample first, ApiSample last) {
        double seconds = Seconds.between(first.at(), last.at());
        ApiMetrics now = last.metrics();
        // Another process in the same pod counts from zero, and may have come further than the one before.
        boolean same = first.metrics().startSeconds() == now.startSeconds();
        ApiMetrics before = same ? first.metrics() : ApiMetrics.NONE;
        now.requests()
                .forEach((code, count) -> requests.merge(
                        code, grown(before.requests().getOrDefault(code, 0.0), count) / seconds, Double::sum));
        clientRequests += grown(before.clientRequests(), now.clientRequests()) / seconds;
        now.latencies().forEach((verb, histogram) -> {
            Histogram since = histogram.since(before.latencies().getOrDefault(verb, Histogram.EMPTY));
            latencies.merge(verb, since, Histogram::plus);
            observed.merge(verb, since.count() / seconds, Double::sum);
        });
        Histogram answers = now.datastore().since(before.datastore());
        datastore = datastore.plus(answers);
        datastoreAnswers += answers.count() / seconds;
        inFlight += now.inFlight();
        watches += now.watches();
        now.datastoreBytes()
                .ifPresent(bytes ->
                        datastoreBytes = OptionalLong.of(Math.max(datastoreBytes.orElse(0), Math.round(bytes))));
    }

    private static double grown(double before, double now) {
        return now < before ? now : now - before;
    }

    private ApiUsage usage() {
        Map<String, Latency> byVerb = new HashMap<>();
        latencies.forEach((verb, histogram) ->
                latency(histogram, observed.getOrDefault(verb, 0.0)).ifPresent(latency -> byVerb.put(verb, latency)));
        return new ApiUsage(
                sum(code -> true),
                clientRequests,
                sum(code -> code.startsWith("5")),
                sum(TOO_MANY::equals),
                byVerb,
                latency(datastore, datastoreAnswers),
                Math.round(inFlight),
                Math.round(watches),
                datastoreBytes);
    }

    private double sum(Predicate<String> codes) {
        return requests.entrySet().stream()
                .filter(entry -> codes.test(entry.getKey()))
                .mapToDouble(Map.Entry::getValue)
                .sum();
    }

    private static Optional<Latency> latency(Histogram histogram, double perSecond) {
        return histogram.quantile(HALF).isEmpty()
                ? Optional.empty()
                : Optional.of(new Latency(
                        perSecond,
                        Seconds.duration(histogram.quantile(HALF).getAsDouble()),
                        Seconds.duration(histogram.quantile(NINE_TENTHS).orElse(0)),
                        Seconds.duration(histogram.quantile(NINETY_NINE).orElse(0))));
    }
}
