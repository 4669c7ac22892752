package io.hcp.core.internal.cluster.fabric;

import io.hcp.api.error.ErrorKind;
import io.hcp.api.error.HcpException;
import io.hcp.core.internal.cluster.fabric.Rest.Reply;
import io.hcp.core.internal.cluster.form.ClusterObject;
import io.hcp.core.internal.gateway.Lease;

/**
 * The right to delete a tenant in a namespace that is being deleted itself. No Lease can be had there: the API server
 * creates nothing any more, and those that were there are deleted with all else.
 *
 * <p>It keeps nobody away, and needs not: it permits nothing but deletions, each of the object with a uid, and
 * replacements, each of the state that was read. Whoever else has this right does the same, and what two do is done once.
 * Before each of these the API server is asked whether the namespace still ends: if it is gone, and maybe was made anew,
 * this right is gone as well.
 */
final class EndingRight implements Lease {
    private final Rest rest;
    private final String path;
    private final ClusterObject lease;
    private final String cluster;
    private volatile boolean over;

    /**
     * Takes the right.
     *
     * @param path where to create a Lease, without storing it
     * @param lease the Lease that could not be created
     * @param cluster where, in words
     */
    EndingRight(Rest rest, String path, ClusterObject lease, String cluster) {
        this.rest = rest;
        this.path = path;
        this.lease = lease;
        this.cluster = cluster;
    }

    void confirm() {
        Reply reply = rest.send("POST", path, lease.tree(), "application/json");
        if (reply.code() >= 500 || reply.code() == 429) {
            throw new HcpException(
                    ErrorKind.IO,
                    "it is unknown whether " + cluster + " is still being deleted: " + reply.message(),
                    "see whether the API server of the under cluster is well");
        }
        over |= !reply.isNamespaceEnding();
    }

    HcpException refusal() {
        return new HcpException(
                ErrorKind.BLOCKED,
                cluster + " is being deleted, and nothing is made there any more",
                "delete tenant \"" + tenant() + "\", or apply it in another namespace");
    }

    @Override
    public String tenant() {
        return lease.name();
    }

    @Override
    public boolean isHeld() {
        return !over;
    }

    @Override
    public void close() {
        over = true;
    }
}
