package io.hcp.core.internal.machine;

import io.hcp.api.error.ErrorKind;
import io.hcp.api.error.HcpException;
import io.hcp.core.internal.blueprint.Blueprint;
import io.hcp.core.internal.gateway.TenantApi;
import io.hcp.core.internal.time.Time;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Waits until a tenant's control plane is ready. */
record Readiness(String tenant, TenantApi api, Time time) {
    void await(Blueprint blueprint, Duration limit) {
        List<String> missing = new ArrayList<>();
        boolean ready = time.until(limit, () -> {
            missing.clear();
            missing.addAll(api.ask(blueprint).missing());
            return missing.isEmpty();
        });
        if (!ready) {
            throw new HcpException(
                    ErrorKind.TIMEOUT,
                    "tenant \"%s\" was not ready within %s; it waits for %s"
                            .formatted(tenant, limit, String.join(", ", missing)),
                    "wait longer, or look at the logs of what it waits for");
        }
    }
}
