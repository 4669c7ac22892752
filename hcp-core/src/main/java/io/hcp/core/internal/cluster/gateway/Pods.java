package io.hcp.core.internal.cluster.gateway;

import io.hcp.api.error.HcpException;
import io.hcp.core.internal.blueprint.TenantObject;
import io.hcp.core.internal.gateway.Lease;
import io.hcp.core.internal.usage.ApiMetrics;
import io.hcp.core.internal.usage.Reading;
import io.hcp.pki.TenantPki;
import java.util.List;
import java.util.Optional;

/** The API servers of tenants, each pod by itself, whatever the tenant's address is and wherever this program runs. */
public interface Pods extends AutoCloseable {
    /**
     * What an API server says.
     *
     * @param answers true if it answered at all
     * @param ready true if it says that it can do its work
     * @param version the version that it runs, for example {@code 1.36.3}; empty if it did not say
     * @param certificate the serial number of the certificate that it shows, in hexadecimal digits; empty if none was seen
     * @param defaultAccount true if there is a ServiceAccount {@code default} in namespace {@code default}
     */
    record Answer(boolean answers, boolean ready, String version, String certificate, boolean defaultAccount) {
        /** Says that there was no answer. */
        public static final Answer NONE = new Answer(false, false, "", "", false);
    }

    /**
     * Asks the API server in one pod, over the connection of the last question if there is one.
     *
     * @param pod the pod's name
     * @param authorities the tenant's, by which both sides are known
     * @return what it says; {@link Answer#NONE} if it cannot be reached
     */
    Answer ask(String pod, TenantPki authorities);

    /**
     * Reads the metrics of the API server in one pod, over the same connection.
     *
     * @param pod the pod's name
     * @param authorities the tenant's, by which both sides are known
     * @return what it says; or why it says nothing
     */
    Reading<ApiMetrics> metrics(String pod, TenantPki authorities);

    /**
     * Lets go of a pod. The next question is asked over a new connection, on which the API server shows the certificate that
     * it has by then.
     *
     * @param pod the pod's name
     */
    void leave(String pod);

    /**
     * Looks which certificate a program in a pod shows, over a connection of its own, over which nothing else is said.
     *
     * @param pod the pod's name
     * @param port where the program listens
     * @return the certificate's serial number, in hexadecimal digits; empty if none is shown
     */
    Optional<String> shown(String pod, int port);

    /**
     * Creates or changes objects in a tenant as its first administrator.
     *
     * @param lease the right to do so
     * @param pod the pod through whose API server to do it
     * @param authorities the tenant's
     * @param objects what to write
     * @throws HcpException with kind {@code TENANT_API} if the API server refuses or does not answer
     */
    void write(Lease lease, String pod, TenantPki authorities, List<TenantObject> objects);

    /** Lets go of all pods. */
    @Override
    void close();
}
