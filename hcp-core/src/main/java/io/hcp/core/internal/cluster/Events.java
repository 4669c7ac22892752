package io.hcp.core.internal.cluster;

import io.hcp.api.error.ErrorKind;
import io.hcp.api.error.HcpException;
import io.hcp.core.internal.cluster.StatusEvents.Told;
import io.hcp.core.internal.cluster.form.ClusterObject;
import io.hcp.core.internal.cluster.form.Kind;
import io.hcp.core.internal.cluster.gateway.ClusterObjects;
import io.hcp.core.internal.gateway.Lease;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells events of a tenant's own object, as {@code kubectl describe} shows them. What is told again is the same event,
 * counted. One that cannot be stored is logged: the status says it, too.
 */
record Events(ClusterObjects objects) {
    private static final Logger LOG = LoggerFactory.getLogger(Events.class);

    /** The longest message that the API takes. */
    private static final int LONGEST = 1024;

    void tell(Lease lease, ClusterObject tenant, List<Told> all, Instant now) {
        for (Told told : all) {
            try {
                tell(lease, tenant, told, now.truncatedTo(ChronoUnit.SECONDS).toString());
            } catch (HcpException e) {
                LOG.warn("event {} of {} could not be stored: {}", told.reason(), tenant, e.getMessage());
            }
        }
    }

    private void tell(Lease lease, ClusterObject tenant, Told told, String now) {
        String name =
                tenant.name() + "." + Integer.toHexString((tenant.uid() + told.reason() + told.message()).hashCode());
        try {
            objects.create(lease, event(tenant, name, told, now));
        } catch (HcpException e) {
            if (e.kind() != ErrorKind.CONFLICT) {
                throw e;
            }
            objects.get(Kind.EVENT, name)
                    .ifPresent(known -> objects.replace(
                            lease,
                            known.with(known.number("count") + 1, "count").with(now, "lastTimestamp")));
        }
    }

    private static ClusterObject event(ClusterObject tenant, String name, Told told, String now) {
        Map<String, Object> involved = new LinkedHashMap<>();
        involved.put("apiVersion", Kind.TENANT.apiVersion());
        involved.put("kind", Kind.TENANT.name());
        involved.put("namespace", tenant.namespace());
        involved.put("name", tenant.name());
        involved.put("uid", tenant.uid().orElse(""));
        String message = told.message();
        return ClusterObject.named(Kind.EVENT, tenant.namespace(), name)
                .with(involved, "involvedObject")
                .with(told.warning() ? "Warning" : "Normal", "type")
                .with(told.reason(), "reason")
                .with(message.length() <= LONGEST ? message : message.substring(0, LONGEST - 3) + "...", "message")
                .with(Map.of("component", "hcp"), "source")
                .with(1L, "count")
                .with(now, "firstTimestamp")
                .with(now, "lastTimestamp");
    }
}
