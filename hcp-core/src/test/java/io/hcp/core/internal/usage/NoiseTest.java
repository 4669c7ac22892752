package io.hcp.core.internal.usage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.hcp.api.model.Component;
import io.hcp.api.usage.Activity;
import io.hcp.api.usage.ApiUsage;
import io.hcp.api.usage.ProgramUsage;
import io.hcp.api.usage.TenantShare;
import io.hcp.api.usage.TenantUsage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class NoiseTest {
    private static final long MIB = 1 << 20;

    /** A tenant with a third of a core and 300 MiB reserved. */
    private static TenantUsage tenant(String name, double cpu, long mebibytes, double requests, double rejected) {
        ApiUsage api = new ApiUsage(
                requests + 5, requests, 0, rejected, Map.of(), Optional.empty(), 0, 0, OptionalLong.empty());
        return tenant(name, cpu, mebibytes, OptionalDouble.of(0.3), Optional.of(api));
    }

    private static TenantUsage tenant(
            String name, double cpu, long mebibytes, OptionalDouble requested, Optional<ApiUsage> api) {
        ProgramUsage program = new ProgramUsage(
                Component.KUBE_APISERVER,
                name + "-1",
                Optional.empty(),
                OptionalDouble.of(cpu),
                OptionalLong.of(mebibytes * MIB),
                requested,
                requested.isPresent() ? OptionalLong.of(300 * MIB) : OptionalLong.empty());
        return new TenantUsage(name, Instant.EPOCH, Duration.ofSeconds(30), List.of(program), api, List.of());
    }

    private static TenantShare only(TenantUsage tenant) {
        return Noise.shares(List.of(tenant)).get(0);
    }

    @Test
    void shares_requests_tellIdleFromUsed() {
        assertThat(only(tenant("a", 0.05, 250, 0.9, 0)).activity()).isEqualTo(Activity.IDLE);
        assertThat(only(tenant("a", 0.05, 250, 1, 0)).activity()).isEqualTo(Activity.NORMAL);
    }

    @Test
    void shares_apiNotRead_isUnknown() {
        assertThat(only(tenant("a", 0.05, 250, OptionalDouble.of(0.3), Optional.empty()))
                        .activity())
                .isEqualTo(Activity.UNKNOWN);
    }

    @Test
    void shares_twiceTheReservedCpu_isNoisy() {
        assertThat(only(tenant("a", 0.59, 250, 10, 0)).activity()).isEqualTo(Activity.NORMAL);
        TenantShare noisy = only(tenant("a", 0.6, 250, 10, 0));
        assertThat(noisy.activity()).isEqualTo(Activity.NOISY);
        assertThat(noisy.reasons()).containsExactly("uses 0.60 cores and has 0.30 reserved");
    }

    @Test
    void shares_littleCpu_isNeverNoisy() {
        TenantShare small = only(tenant("a", 0.2, 100, OptionalDouble.of(0.01), Optional.empty()));
        assertThat(small.activity()).isEqualTo(Activity.UNKNOWN);
        assertThat(small.noise()).isCloseTo(0.8, within(1e-9));
    }

    @Test
    void shares_threeTimesTheMean_isNoisyAmongThree() {
        TenantUsage big = tenant("big", 3, 250, OptionalDouble.empty(), Optional.empty());
        TenantUsage small = tenant("small", 0, 250, OptionalDouble.empty(), Optional.empty());
        TenantUsage tiny = tenant("tiny", 0, 250, OptionalDouble.empty(), Optional.empty());
        assertThat(Noise.shares(List.of(small, big)))
                .extracting(TenantShare::activity)
                .containsOnly(Activity.UNKNOWN);
        List<TenantShare> three = Noise.shares(List.of(small, big, tiny));
        assertThat(three).extracting(share -> share.usage().tenant()).containsExactly("big", "small", "tiny");
        assertThat(three.get(0).activity()).isEqualTo(Activity.NOISY);
        assertThat(three.get(0).reasons()).containsExactly("uses 3.00 cores, tenants use 1.00 on average");
        assertThat(three.get(0).cpuShare()).isEqualTo(1);
        assertThat(three.get(0).memoryShare()).isCloseTo(1.0 / 3, within(1e-9));
    }

    @Test
    void shares_memoryBeyondWhatIsReserved_isNoisy() {
        assertThat(only(tenant("a", 0.1, 449, 10, 0)).activity()).isEqualTo(Activity.NORMAL);
        assertThat(only(tenant("a", 0.1, 450, 10, 0)).reasons())
                .containsExactly("uses 450 MiB of memory and has 300 reserved");
    }

    @Test
    void shares_rejectedRequests_areNoisy() {
        assertThat(only(tenant("a", 0.1, 250, 0, 2.5)).reasons())
                .containsExactly("has 2.5 requests per second rejected");
    }

    @Test
    void shares_nobody_isEmpty() {
        assertThat(Noise.shares(List.of())).isEmpty();
    }
}
