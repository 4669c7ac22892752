package io.hcp.testbed.local;

import static io.hcp.testbed.local.LocalTestbed.LIMIT;
import static io.hcp.testbed.local.LocalTestbed.SOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.hcp.api.ControlPlane;
import io.hcp.api.error.InvalidSpecException;
import io.hcp.api.model.Component;
import io.hcp.api.model.TenantControlPlane;
import io.hcp.api.plan.Plan;
import io.hcp.core.HostedControlPlanes;
import io.hcp.core.internal.time.Time;
import io.hcp.pki.Authority;
import io.hcp.pki.CertificateTemplate;
import io.hcp.pki.PkiDirectory;
import io.hcp.pki.TenantPki;
import io.hcp.pki.TlsContexts;
import io.hcp.testbed.fields.FieldSample;
import io.hcp.testbed.fields.FieldSamples;
import io.hcp.testbed.proof.Figure;
import io.hcp.testbed.proof.Proof;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.extension.RegisterExtension;

@Proof(
        name = "api-gap",
        shows = "how long a tenant's API does not answer while each field is changed, beside what the plan says",
        minutes = 15,
        releases = "1.37.2")
class ApiGapProof {
    private static final String VERSION = "spec.kubernetes.version";
    private static final Duration SLACK = Duration.ofSeconds(2);
    private static final int MOST_ATTEMPTS = 3;
    private static final String LINE = "  %-72s %-71s %9s %9s  %s%n";

    @RegisterExtension
    static final LocalTestbed TESTBED = new LocalTestbed();

    /** What changing one field did. */
    private record Row(String field, String effect, Duration predicted, Duration measured, int failures) {
        boolean isLive() {
            return predicted.isZero();
        }

        /** Measured ≤ predicted ≤ max(3 × measured, measured + 2 s); without a gap no request fails. */
        boolean holds() {
            Duration most = max(measured.multipliedBy(3), measured.plus(SLACK));
            return isLive()
                    ? failures == 0
                    : measured.compareTo(predicted) <= 0 && predicted.compareTo(most) <= 0 && failures > 0;
        }

        private static Duration max(Duration one, Duration other) {
            return one.compareTo(other) > 0 ? one : other;
        }

        double ratio() {
            return seconds(predicted) / seconds(measured);
        }

        @Override
        public String toString() {
            String ratio = isLive() ? "" : String.format(Locale.ROOT, "%.1f", ratio());
            return LINE.formatted(
                            field,
                            effect,
                            isLive() ? "none" : text(predicted),
                            failures == 0 ? "none" : text(measured),
                            ratio + (holds() ? "" : " does not hold"))
                    .stripTrailing();
        }
    }

    /**
     * A plan expects what was measured before. Where the machine has much more or much less other work than it had then,
     * the field is changed back and measured again; what was measured first is shown too, and must be rare.
     */
    @Test
    void everyChangeableField(TestReporter reporter) {
        List<List<Row>> fields = new ArrayList<>();
        System.out.printf(LINE, "field", "effect", "predicted", "measured", "ratio");
        try (HostedControlPlanes hcp = TESTBED.open()) {
            hcp.apply(FieldSamples.base("acme")).awaitReady(LIMIT);
            for (FieldSample sample : samples()) {
                List<Row> attempts = attempts(hcp, sample);
                if (!attempts.isEmpty()) {
                    fields.add(attempts);
                }
            }
            hcp.delete("acme").await(SOON);
        }
        List<Row> rows = fields.stream()
                .map(attempts -> attempts.get(attempts.size() - 1))
                .toList();
        long repeated = fields.stream().filter(attempts -> attempts.size() > 1).count();
        assertThat(rows).filteredOn(row -> !row.holds()).isEmpty();
        assertThat(rows).filteredOn(Row::isLive).isNotEmpty();
        assertThat(rows).filteredOn(row -> !row.isLive()).isNotEmpty();
        assertThat(repeated).isLessThanOrEqualTo(rows.size() / 10);
        Figure.publish(reporter, figure(rows, repeated));
    }

    private static List<Row> attempts(HostedControlPlanes hcp, FieldSample sample) {
        TenantControlPlane before = hcp.get("acme").orElseThrow().spec();
        List<Row> attempts = new ArrayList<>();
        Optional<Row> row = change(hcp, sample);
        row.ifPresent(attempts::add);
        while (row.isPresent() && !row.get().holds() && attempts.size() < MOST_ATTEMPTS && isChangedBack(hcp, before)) {
            row = change(hcp, sample);
            row.ifPresent(attempts::add);
        }
        return attempts;
    }

    private static boolean isChangedBack(HostedControlPlanes hcp, TenantControlPlane before) {
        Optional<Plan> back = plan(hcp, before).filter(plan -> plan.obstacles().isEmpty());
        back.ifPresent(plan -> hcp.apply(plan).awaitReady(SOON));
        return back.isPresent();
    }

    /** All but the version in the order of the resource: from there on the descriptions are of another release. */
    private static List<FieldSample> samples() {
        return FieldSamples.all().stream()
                .sorted(Comparator.comparing(sample -> sample.path().equals(VERSION)))
                .toList();
    }

    /** Applies one more change to the tenant as it is now; empty if the field cannot be changed here. */
    private static Optional<Row> change(HostedControlPlanes hcp, FieldSample sample) {
        ControlPlane tenant = hcp.get("acme").orElseThrow();
        Optional<Plan> plan = plan(hcp, sample.change().apply(tenant.spec()));
        if (plan.isEmpty()) {
            return Optional.empty();
        }
        assertThat(plan.get().changes()).as(sample.path()).isNotEmpty();
        URI before = tenant.endpoint();
        try (ApiProber prober =
                new ApiProber(administrator(), endpoints(before, plan.get().wanted()))) {
            hcp.apply(plan.get()).awaitReady(SOON);
            prober.awaitAnswers();
            Row row = new Row(sample.path(), effect(plan.get()), plan.get().apiGap(), prober.gap(), prober.failures());
            System.out.println(row);
            return Optional.of(row);
        }
    }

    private static Optional<Plan> plan(HostedControlPlanes hcp, TenantControlPlane wanted) {
        try {
            return Optional.of(hcp.plan(wanted));
        } catch (InvalidSpecException refused) {
            return Optional.empty();
        }
    }

    private static String effect(Plan plan) {
        return plan.touches().isEmpty()
                ? "live"
                : "restarts " + plan.touches().stream().map(Component::toString).collect(Collectors.joining(", "));
    }

    private static List<URI> endpoints(URI before, TenantControlPlane wanted) {
        String host = wanted.networkProfile().address().orElseThrow().toString();
        int port = wanted.networkProfile().port().map(chosen -> chosen.number()).orElse(before.getPort());
        URI after = URI.create("https://" + host + ":" + port);
        return List.of(before, after).stream().distinct().toList();
    }

    private static SSLContext administrator() {
        TenantPki pki = PkiDirectory.at(TESTBED.tenant("acme").resolve("pki")).load(List.of());
        CertificateTemplate who = CertificateTemplate.client("prober", Duration.ofHours(1), "kubeadm:cluster-admins");
        return TlsContexts.client(
                pki.trusted(Authority.CLUSTER),
                pki.authority(Authority.CLUSTER).issue(who, Time.system().clock()));
    }

    private static String figure(List<Row> rows, long repeated) {
        DoubleStream ratios = rows.stream().filter(row -> !row.isLive()).mapToDouble(Row::ratio);
        var range = ratios.summaryStatistics();
        return String.format(
                Locale.ROOT,
                "%d fields, %d without a gap and no request failed, %d with one: predicted/measured %.1f to %.1f;"
                        + " %d measured more than once",
                rows.size(),
                rows.stream().filter(Row::isLive).count(),
                range.getCount(),
                range.getMin(),
                range.getMax(),
                repeated);
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }

    private static String text(Duration duration) {
        return String.format(Locale.ROOT, "%.2f s", seconds(duration));
    }
}
