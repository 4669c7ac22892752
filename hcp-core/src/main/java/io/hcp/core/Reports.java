package io.hcp.core;

import io.hcp.api.usage.FleetUsage;
import io.hcp.core.internal.report.FleetPage;

/** Pages for people who run platforms. */
public final class Reports {
    private Reports() {}

    /**
     * Draws what all tenants use: the noisiest tenant in the first row, then the others, then the nodes.
     *
     * @param fleet what was measured
     * @return an HTML document that needs nothing from elsewhere, and runs no script
     */
    public static String toHtml(FleetUsage fleet) {
        return FleetPage.of(fleet);
    }
}
