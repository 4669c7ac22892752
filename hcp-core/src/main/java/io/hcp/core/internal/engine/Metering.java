package io.hcp.core.internal.engine;

import io.hcp.api.usage.FleetUsage;
import io.hcp.api.usage.TenantUsage;
import io.hcp.api.usage.UsageMeter;
import io.hcp.core.internal.usage.FleetSample;
import io.hcp.core.internal.usage.TenantSample;
import io.hcp.core.internal.usage.Usages;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;

/**
 * Measures what tenants use, from two samples. Nothing is kept between calls but by meters, each of which keeps the last
 * sample it took. Thread-safe.
 */
public final class Metering {
    private final EngineBackend backend;
    private final Executor executor;

    Metering(EngineBackend backend, Executor executor) {
        this.backend = backend;
        this.executor = executor;
    }

    /**
     * Measures one tenant, blocking for the span.
     *
     * @param tenant whose
     * @param window the span
     * @return what it uses
     */
    TenantUsage tenant(String tenant, Duration window) {
        require(window);
        FleetSample before = one(tenant);
        backend.time().pause(window);
        return new Usages(before, one(tenant)).tenants().get(0);
    }

    private FleetSample one(String tenant) {
        TenantSample sample = backend.tenant(tenant).sample(executor);
        return new FleetSample(backend.time().instant(), List.of(sample), List.of(), List.of());
    }

    /**
     * Measures all tenants, blocking for the span.
     *
     * @param window the span
     * @return what they use
     */
    public FleetUsage fleet(Duration window) {
        require(window);
        UsageMeter meter = meter();
        backend.time().pause(window);
        return meter.read();
    }

    private static void require(Duration window) {
        if (window.isNegative() || window.isZero()) {
            throw new IllegalArgumentException("usage is measured over a span of time, not over " + window);
        }
    }

    /** {@return a meter that has taken its first sample} */
    public UsageMeter meter() {
        return new Meter(backend.sample(executor));
    }

    private final class Meter implements UsageMeter {
        private FleetSample last;

        Meter(FleetSample first) {
            this.last = first;
        }

        @Override
        public synchronized FleetUsage read() {
            FleetSample now = backend.sample(executor);
            Usages usages = new Usages(last, now);
            last = now;
            return usages.fleet();
        }
    }
}
