package io.hcp.core.internal.cluster.gateway;

import io.hcp.api.error.HcpException;
import io.hcp.core.internal.gateway.Lease;
import java.time.Duration;
import java.util.Optional;

/** One namespace of an under cluster, in which tenants' control planes run as pods. */
public interface UnderCluster extends AutoCloseable {
    /** {@return cluster and namespace in words, for messages} */
    String name();

    /** {@return the namespace} */
    String namespace();

    /** {@return the objects there} */
    ClusterObjects objects();

    /** {@return the ways into pods} */
    Pods pods();

    /**
     * Takes the right to change a tenant, whether it exists or not. Does not wait.
     *
     * @param tenant the tenant's name
     * @return close it to let others change the tenant
     * @throws HcpException with kind {@code LOCKED}, naming the holder, if somebody else has it; with kind {@code BLOCKED}
     *     if there is a Lease of that name which is no tenant's
     */
    Lease acquire(String tenant);

    /**
     * Tells who may change a tenant now.
     *
     * @param tenant the tenant's name
     * @return the holder in words, empty if nobody has the right
     */
    Optional<String> holder(String tenant);

    /**
     * Has work done later, on another thread, unless the place is closed before.
     *
     * @param delay how much later
     * @param work what to do; failures are its own
     */
    void later(Duration delay, Runnable work);

    /** Gives all rights back. Tenants run on. */
    @Override
    void close();
}
