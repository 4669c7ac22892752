package io.hcp.core.internal.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.hcp.api.model.Component;
import io.hcp.api.usage.Activity;
import io.hcp.api.usage.ApiUsage;
import io.hcp.api.usage.FleetUsage;
import io.hcp.api.usage.Latency;
import io.hcp.api.usage.NodeUsage;
import io.hcp.api.usage.ProgramUsage;
import io.hcp.api.usage.TenantShare;
import io.hcp.api.usage.TenantUsage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class FleetPageTest {
    private static final Instant AT = Instant.parse("2026-01-01T12:00:00.5Z");
    private static final String EVIL = "<script>alert('1')</script>&\"";

    private static TenantShare tenant(String name, double cpu, Activity activity, Optional<ApiUsage> api) {
        ProgramUsage program = new ProgramUsage(
                Component.KUBE_APISERVER,
                name + "-1",
                Optional.of("n1"),
                OptionalDouble.of(cpu),
                OptionalLong.of(300L << 20),
                OptionalDouble.of(0.2),
                OptionalLong.of(256L << 20));
        return new TenantShare(
                new TenantUsage(name, AT, Duration.ofSeconds(30), List.of(program), api, List.of("etcd: " + EVIL)),
                0.75,
                0.5,
                2,
                activity,
                List.of("uses " + EVIL));
    }

    private static FleetUsage fleet(TenantShare... tenants) {
        NodeUsage node = new NodeUsage(
                EVIL,
                4,
                8L << 30,
                OptionalLong.of(110),
                OptionalDouble.empty(),
                OptionalLong.of(2L << 30),
                OptionalInt.of(12),
                3,
                2,
                0.4,
                512L << 20);
        return new FleetUsage(AT, Duration.ofSeconds(30), List.of(tenants), List.of(node), List.of("node n2: " + EVIL));
    }

    private static Optional<ApiUsage> api() {
        Latency fast = new Latency(1, Duration.ofMillis(1), Duration.ofMillis(2), Duration.ofMillis(3));
        Latency slow = new Latency(1, Duration.ofMillis(10), Duration.ofMillis(20), Duration.ofMillis(750));
        return Optional.of(new ApiUsage(
                123.4,
                100,
                0.5,
                0,
                Map.of("GET", fast, "LIST", slow),
                Optional.of(fast),
                3,
                40,
                OptionalLong.of(25L << 20)));
    }

    @Test
    void of_tenants_areInOrderWithTheirFigures() {
        String page = FleetPage.of(fleet(
                tenant("loud", 1.5, Activity.NOISY, api()), tenant("quiet", 0.05, Activity.IDLE, Optional.empty())));
        assertThat(page)
                .contains("As of 2026-01-01T12:00:00Z, over the 30 s before.")
                .contains("<b>2</b>tenants")
                .contains("<tr class=noisy><td><b>loud</b>")
                .contains("<tr class=idle><td><b>quiet</b>")
                .contains("1.50 of 0.20")
                .contains("300 MiB of 256 MiB")
                .contains("<td class=n>75 %</td>")
                .contains("<td class=n>123</td><td class=n>0.50</td><td>LIST 750 ms</td><td>3 / 40</td><td>25 MiB")
                .contains("– used, 0.40 reserved for tenants, 4.00 allocatable")
                .contains("2.0 GiB used, 512 MiB reserved for tenants, 8.0 GiB allocatable")
                .contains("12 of 110");
        assertThat(page.indexOf("loud")).isLessThan(page.indexOf("quiet"));
    }

    @Test
    void of_anyText_isEscaped() {
        assertThat(FleetPage.of(fleet(tenant(EVIL, 1, Activity.NOISY, api()))))
                .doesNotContain("<script")
                .contains("<b>&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;&amp;&quot;</b>");
    }

    @Test
    void of_page_needsNothingFromElsewhere() {
        assertThat(FleetPage.of(fleet(tenant("acme", 1, Activity.NORMAL, api()))))
                .doesNotContain("http")
                .doesNotContain("src=")
                .doesNotContain("url(")
                .doesNotContain("@import")
                .contains("<svg ");
    }

    @Test
    void of_nobody_isAPage() {
        String page = FleetPage.of(new FleetUsage(AT, Duration.ofSeconds(30), List.of(), List.of(), List.of()));
        assertThat(page).contains("<b>0</b>tenants").doesNotContain("NaN").doesNotContain("Infinity");
    }

    @Test
    void bar_beyondTheWhole_staysWithin() {
        assertThat(new Bar(5, 9, 4, "x").svg())
                .contains("class=u width=\"120.0\"")
                .contains("x=\"118.0\"");
        assertThat(new Bar(5, 0, 0, "x").svg())
                .contains("class=u width=\"0.0\"")
                .doesNotContain("class=r");
    }
}
