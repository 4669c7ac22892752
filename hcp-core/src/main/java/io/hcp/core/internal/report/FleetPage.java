package io.hcp.core.internal.report;

import io.hcp.api.model.Component;
import io.hcp.api.usage.Activity;
import io.hcp.api.usage.ApiUsage;
import io.hcp.api.usage.FleetUsage;
import io.hcp.api.usage.Latency;
import io.hcp.api.usage.NodeUsage;
import io.hcp.api.usage.TenantShare;
import io.hcp.api.usage.TenantUsage;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** All tenants on one page that needs nothing else: no script, no font, no picture from elsewhere. */
public final class FleetPage {
    private static final double NANOS_PER_MILLI = 1e6;
    private static final String UNKNOWN = "–";
    private static final String STYLE = """
            body{font:14px/1.4 system-ui,sans-serif;margin:2em;color:#222;background:#fff}
            table{border-collapse:collapse;margin:.5em 0 2em}
            th,td{padding:.3em .7em;text-align:left;vertical-align:top;border-bottom:1px solid #ddd}
            td.n{text-align:right;font-variant-numeric:tabular-nums}
            .noisy{background:#fbe3df}.idle{color:#777}
            .tiles{display:flex;flex-wrap:wrap;gap:1em;margin:1em 0}
            .tiles div{border:1px solid #ddd;border-radius:6px;padding:.6em 1em}.tiles b{display:block;font-size:1.4em}
            small{color:#777;display:block}
            .b{fill:#e6e6e6}.u{fill:#3b78c2}.r{fill:#c23b3b}
            """;

    private final FleetUsage fleet;
    private final double mostCpu;
    private final long mostMemory;
    private final Html page = new Html();

    private FleetPage(FleetUsage fleet) {
        this.fleet = fleet;
        List<TenantUsage> usages =
                fleet.tenants().stream().map(TenantShare::usage).toList();
        this.mostCpu = usages.stream()
                .mapToDouble(usage -> Math.max(usage.cpu(), usage.requestedCpu()))
                .max()
                .orElse(0);
        this.mostMemory = usages.stream()
                .mapToLong(usage -> Math.max(usage.memoryBytes(), usage.requestedMemoryBytes()))
                .max()
                .orElse(0);
    }

    /**
     * Draws the page.
     *
     * @param fleet what to show
     * @return an HTML document
     */
    public static String of(FleetUsage fleet) {
        FleetPage report = new FleetPage(fleet);
        report.page
                .tag(
                        "<!DOCTYPE html>\n<html lang=en><head><meta charset=utf-8><title>Hosted control planes</title>\n<style>\n")
                .tag(STYLE)
                .tag("</style></head><body>\n<h1>Hosted control planes</h1>\n");
        report.summary();
        report.tenants();
        report.nodes();
        report.missing();
        return report.page.tag("</body></html>\n").toString();
    }

    private void summary() {
        page.tag("<p>")
                .text("As of %s, over the %s before."
                        .formatted(fleet.at().truncatedTo(ChronoUnit.SECONDS), words(fleet.window())))
                .tag(" In bars, blue is used and the red mark is reserved.</p>\n<div class=tiles>");
        tile(String.valueOf(fleet.tenants().size()), "tenants");
        tile(String.valueOf(fleet.tenants(Activity.NOISY).size()), "noisy");
        tile(String.valueOf(fleet.tenants(Activity.IDLE).size()), "idle");
        fleet.tenantsPerNode().ifPresent(density -> tile(Html.decimal(density), "tenants per node"));
        tile(Html.decimal(fleet.cpu()) + " / " + Html.decimal(fleet.requestedCpu()), "cores used / reserved");
        tile(
                Html.bytes(fleet.memoryBytes()) + " / " + Html.bytes(fleet.requestedMemoryBytes()),
                "memory used / reserved");
        page.tag("</div>\n");
    }

    private static String words(Duration duration) {
        return String.format(Locale.ROOT, "%.0f s", duration.toMillis() / 1e3);
    }

    private void tile(String value, String name) {
        page.tag("<div><b>").text(value).tag("</b>").text(name).tag("</div>");
    }

    private void tenants() {
        page.tag("<h2>Tenants, the noisiest first</h2>\n")
                .head(
                        "Tenant",
                        "State",
                        "CPU (cores)",
                        "Share",
                        "Memory",
                        "Share",
                        "Requests/s",
                        "Errors/s",
                        "Slowest verb (p99)",
                        "In flight / watches",
                        "Datastore");
        fleet.tenants().forEach(this::tenant);
        page.tag("</tbody></table>\n");
    }

    private void tenant(TenantShare share) {
        TenantUsage usage = share.usage();
        String activity = share.activity().name().toLowerCase(Locale.ROOT);
        page.tag("<tr class=" + activity + "><td>")
                .tag("<b>")
                .text(usage.tenant())
                .tag("</b>");
        small(usage.missing());
        page.tag("</td><td>").text(activity);
        small(share.reasons());
        page.tag("</td><td>")
                .tag(new Bar(usage.cpu(), usage.requestedCpu(), mostCpu, components(usage)).svg())
                .tag("<small>")
                .text(Html.decimal(usage.cpu()) + " of " + Html.decimal(usage.requestedCpu()))
                .tag("</small></td>")
                .number(Html.percent(share.cpuShare()))
                .tag("<td>")
                .tag(Bar.ofBytes(usage.memoryBytes(), usage.requestedMemoryBytes(), mostMemory, components(usage))
                        .svg())
                .tag("<small>")
                .text(Html.bytes(usage.memoryBytes()) + " of " + Html.bytes(usage.requestedMemoryBytes()))
                .tag("</small></td>")
                .number(Html.percent(share.memoryShare()));
        api(usage.api());
        page.tag("</tr>\n");
    }

    private void small(List<String> lines) {
        lines.forEach(line -> page.tag("<small>").text(line).tag("</small>"));
    }

    private static String components(TenantUsage usage) {
        List<String> parts = new ArrayList<>();
        for (Component component : Component.values()) {
            parts.add("%s: %s cores, %s"
                    .formatted(
                            component, Html.decimal(usage.cpu(component)), Html.bytes(usage.memoryBytes(component))));
        }
        return String.join("; ", parts);
    }

    private void api(Optional<ApiUsage> known) {
        if (known.isEmpty()) {
            page.number(UNKNOWN).number(UNKNOWN).cell(UNKNOWN).cell(UNKNOWN).cell(UNKNOWN);
            return;
        }
        ApiUsage api = known.get();
        page.number(Html.decimal(api.requestsPerSecond()))
                .number(Html.decimal(api.errorsPerSecond()))
                .cell(api.latencies().entrySet().stream()
                        .max(Map.Entry.comparingByValue(
                                (one, other) -> one.p99().compareTo(other.p99())))
                        .map(slowest -> slowest.getKey() + " " + milliseconds(slowest.getValue()))
                        .orElse(UNKNOWN))
                .cell(api.inFlight() + " / " + api.watches())
                .tag("<td>")
                .text(api.datastoreBytes().stream()
                        .mapToObj(Html::bytes)
                        .findFirst()
                        .orElse(UNKNOWN));
        small(api.datastore().map(latency -> "p99 " + milliseconds(latency)).stream()
                .toList());
        page.tag("</td>");
    }

    private static String milliseconds(Latency latency) {
        return String.format(Locale.ROOT, "%.0f ms", latency.p99().toNanos() / NANOS_PER_MILLI);
    }

    private void nodes() {
        page.tag("<h2>Nodes</h2>\n")
                .head("Node", "CPU (cores)", "", "Memory", "", "Tenants", "Pods of tenants", "Pods");
        for (NodeUsage node : fleet.nodes()) {
            String cores = amounts(
                    node.cpu().isPresent() ? Html.decimal(node.cpu().getAsDouble()) : UNKNOWN,
                    Html.decimal(node.requestedCpu()),
                    Html.decimal(node.allocatableCpu()));
            String memory = amounts(
                    node.memoryBytes().isPresent()
                            ? Html.bytes(node.memoryBytes().getAsLong())
                            : UNKNOWN,
                    Html.bytes(node.requestedMemoryBytes()),
                    Html.bytes(node.allocatableMemoryBytes()));
            page.tag("<tr>")
                    .cell(node.name())
                    .tag("<td>")
                    .tag(new Bar(node.cpu().orElse(0), node.requestedCpu(), node.allocatableCpu(), cores).svg())
                    .tag("</td>")
                    .cell(cores)
                    .tag("<td>")
                    .tag(Bar.ofBytes(
                                    node.memoryBytes().orElse(0),
                                    node.requestedMemoryBytes(),
                                    node.allocatableMemoryBytes(),
                                    memory)
                            .svg())
                    .tag("</td>")
                    .cell(memory)
                    .number(String.valueOf(node.tenants()))
                    .number(String.valueOf(node.tenantPods()))
                    .number((node.pods().isPresent()
                                    ? String.valueOf(node.pods().getAsInt())
                                    : UNKNOWN)
                            + (node.allocatablePods().isPresent()
                                    ? " of " + node.allocatablePods().getAsLong()
                                    : ""))
                    .tag("</tr>\n");
        }
        page.tag("</tbody></table>\n");
    }

    private static String amounts(String used, String reserved, String whole) {
        return "%s used, %s reserved for tenants, %s allocatable".formatted(used, reserved, whole);
    }

    private void missing() {
        if (!fleet.missing().isEmpty()) {
            page.tag("<h2>Not measured</h2>\n<ul>");
            fleet.missing().forEach(line -> page.tag("<li>").text(line).tag("</li>"));
            page.tag("</ul>\n");
        }
    }
}
