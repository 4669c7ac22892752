package io.hcp.core.internal.cluster.fabric;

import io.hcp.api.error.ErrorKind;
import io.hcp.api.error.HcpException;
import io.hcp.core.internal.cluster.fabric.Rest.Reply;
import io.hcp.core.internal.cluster.form.Kind;
import io.hcp.core.internal.cluster.gateway.Nodes;
import io.hcp.core.internal.usage.Reading;

/** Kubelets, asked through the API of the under cluster. */
final class FabricNodes implements Nodes {
    private static final String SUMMARY = "/proxy/stats/summary?only_cpu_and_memory=true";

    private final Rest rest;

    FabricNodes(Rest rest) {
        this.rest = rest;
    }

    @Override
    public Reading<Summary> summary(String node) {
        try {
            Reply reply = rest.get(FabricObjects.path(Kind.NODE, "", node) + SUMMARY);
            if (reply.code() == 401 || reply.code() == 403) {
                return Reading.failed("the user of the Kubernetes client may not ask it: bind role hcp-usage");
            }
            return reply.isDone() ? Reading.of(SummaryForm.read(reply.body())) : Reading.failed(reply.message());
        } catch (HcpException e) {
            if (e.kind() == ErrorKind.IO || e.kind() == ErrorKind.TIMEOUT) {
                return Reading.failed(String.valueOf(e.getMessage()));
            }
            throw e;
        }
    }
}
