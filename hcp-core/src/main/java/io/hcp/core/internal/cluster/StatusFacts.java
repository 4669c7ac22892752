package io.hcp.core.internal.cluster;

import java.util.Optional;

/**
 * What a status says beside the work that is under way.
 *
 * @param endpoint the URL of the API server
 * @param published the URL that Service {@code kubernetes} of the tenant was made to lead to
 * @param version the version that every API server serves
 * @param replicas how many copies of the control plane there are
 * @param updated how many of them are as the description says
 * @param ready how many of them serve
 * @param selector the labels of their pods
 * @param certificateExpiry when the first of the certificates in use expires
 * @param waiting what the present step waits for, if it takes long: reason and message
 */
record StatusFacts(
        Optional<String> endpoint,
        Optional<String> published,
        Optional<String> version,
        long replicas,
        long updated,
        long ready,
        Optional<String> selector,
        Optional<String> certificateExpiry,
        Optional<Finding> waiting) {
    /** Nothing is known. */
    static final StatusFacts NONE = new StatusFacts(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            -1,
            -1,
            -1,
            Optional.empty(),
            Optional.empty(),
            Optional.empty());

    StatusFacts withEndpoint(String url) {
        return new StatusFacts(
                Optional.of(url), published, version, replicas, updated, ready, selector, certificateExpiry, waiting);
    }

    StatusFacts withPublished(String url) {
        return new StatusFacts(
                endpoint, Optional.of(url), version, replicas, updated, ready, selector, certificateExpiry, waiting);
    }

    StatusFacts withVersion(String served) {
        return new StatusFacts(
                endpoint,
                published,
                Optional.of(served),
                replicas,
                updated,
                ready,
                selector,
                certificateExpiry,
                waiting);
    }

    StatusFacts withReplicas(long all, long asDescribed, long serving, String labels) {
        return new StatusFacts(
                endpoint,
                published,
                version,
                all,
                asDescribed,
                serving,
                Optional.of(labels),
                certificateExpiry,
                waiting);
    }

    StatusFacts withExpiry(String first) {
        return new StatusFacts(
                endpoint, published, version, replicas, updated, ready, selector, Optional.of(first), waiting);
    }

    StatusFacts withWaiting(Optional<Finding> found) {
        return new StatusFacts(
                endpoint, published, version, replicas, updated, ready, selector, certificateExpiry, found);
    }
}
