package io.hcp.core.internal.usage;

import com.google.errorprone.annotations.FormatMethod;
import com.google.errorprone.annotations.FormatString;
import io.hcp.api.usage.Activity;
import io.hcp.api.usage.ApiUsage;
import io.hcp.api.usage.TenantShare;
import io.hcp.api.usage.TenantUsage;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Sets tenants side by side, by the thresholds that {@link TenantShare} tells. */
final class Noise {
    private static final double LEAST_CPU = 0.25;
    private static final double TIMES_REQUESTED_CPU = 2;
    private static final double TIMES_MEAN_CPU = 3;
    private static final int LEAST_TENANTS = 3;
    private static final double TIMES_REQUESTED_MEMORY = 1.5;
    private static final double REJECTED_PER_SECOND = 1;

    private final double cpu;
    private final double memory;
    private final int tenants;

    private Noise(List<TenantUsage> all) {
        this.cpu = all.stream().mapToDouble(TenantUsage::cpu).sum();
        this.memory = all.stream().mapToLong(TenantUsage::memoryBytes).sum();
        this.tenants = all.size();
    }

    /** A threshold, and how far it is reached: from 1 on it is. */
    private record Measure(double reached, String reason) {}

    /** The noisiest first; those that are equally noisy by name. */
    static List<TenantShare> shares(List<TenantUsage> all) {
        Noise noise = new Noise(all);
        return all.stream()
                .map(noise::share)
                .sorted(Comparator.comparingDouble(TenantShare::noise)
                        .reversed()
                        .thenComparing(share -> share.usage().tenant()))
                .toList();
    }

    private TenantShare share(TenantUsage usage) {
        List<Measure> measures = measures(usage).toList();
        double noise = measures.stream().mapToDouble(Measure::reached).max().orElse(0);
        List<String> reasons = measures.stream()
                .filter(measure -> measure.reached() >= 1)
                .map(Measure::reason)
                .toList();
        return new TenantShare(
                usage,
                part(usage.cpu(), cpu),
                part((double) usage.memoryBytes(), memory),
                noise,
                activity(usage, noise),
                reasons);
    }

    private static Activity activity(TenantUsage usage, double noise) {
        if (noise >= 1) {
            return Activity.NOISY;
        }
        return usage.api()
                .map(api -> api.clientRequestsPerSecond() < TenantShare.IDLE_REQUESTS ? Activity.IDLE : Activity.NORMAL)
                .orElse(Activity.UNKNOWN);
    }

    private Stream<Measure> measures(TenantUsage usage) {
        double used = usage.cpu();
        double enough = used / LEAST_CPU;
        double requested = part(used, TIMES_REQUESTED_CPU * usage.requestedCpu());
        double mean = tenants < LEAST_TENANTS ? 0 : part(used, TIMES_MEAN_CPU * cpu / tenants);
        double bytes = part((double) usage.memoryBytes(), TIMES_REQUESTED_MEMORY * usage.requestedMemoryBytes());
        double rejected = usage.api().map(ApiUsage::rejectedPerSecond).orElse(0.0);
        return Stream.of(
                new Measure(
                        Math.min(enough, requested),
                        text("uses %.2f cores and has %.2f reserved", used, usage.requestedCpu())),
                new Measure(
                        Math.min(enough, mean),
                        text("uses %.2f cores, tenants use %.2f on average", used, cpu / tenants)),
                new Measure(
                        bytes,
                        text(
                                "uses %.0f MiB of memory and has %.0f reserved",
                                mebibytes(usage.memoryBytes()), mebibytes(usage.requestedMemoryBytes()))),
                new Measure(rejected / REJECTED_PER_SECOND, text("has %.1f requests per second rejected", rejected)));
    }

    @FormatMethod
    private static String text(@FormatString String form, Object... values) {
        return String.format(Locale.ROOT, form, values);
    }

    private static double mebibytes(long bytes) {
        return bytes / (double) (1 << 20);
    }

    /** What nothing is reserved of, or nobody uses, has no part. */
    private static double part(double value, double whole) {
        return whole > 0 ? value / whole : 0;
    }
}
