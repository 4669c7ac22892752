package io.hcp.core.internal.cluster.gateway;

import io.hcp.api.error.HcpException;
import io.hcp.core.internal.gateway.Lease;
import java.time.Duration;
import java.util.Map;
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

    /** {@return the machines} */
    Nodes nodes();

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
     * Begins to tell of the tenants' own objects and of all that belongs to tenants, but for pods: of what is there, then of
     * each change. Goes on by itself after whatever breaks it.
     *
     * @param watcher hears of them
     * @return close it to hear no more
     */
    Following follow(Watcher watcher);

    /** Ends what {@link #follow} began. */
    interface Following extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * Lets others see that this process looks after tenants.
     *
     * @param rearranged is run, on another thread, whenever others came or went; must not block
     * @return close it to leave
     */
    Presence announce(Runnable rearranged);

    /**
     * Tells which processes have announced that they look after tenants, and did not leave. Compares clocks, so that of one
     * that was killed it may tell for some seconds longer.
     *
     * @return the holders in words, by the names that {@link Presence#name} has
     */
    Map<String, String> instances();

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
