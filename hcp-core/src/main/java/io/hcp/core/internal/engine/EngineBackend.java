package io.hcp.core.internal.engine;

import io.hcp.api.Backend;
import io.hcp.api.Installation;
import io.hcp.api.error.ErrorKind;
import io.hcp.api.error.HcpException;
import io.hcp.core.internal.gateway.Lease;
import io.hcp.core.internal.maintain.Maintained;
import io.hcp.core.internal.time.Time;
import io.hcp.core.internal.usage.FleetSample;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;
import org.slf4j.LoggerFactory;

/** What the engine asks of a place where control planes run. Thread-safe. */
public interface EngineBackend extends Backend, AutoCloseable {
    /** {@return the time by which everything there happens} */
    Time time();

    /** {@return what ids, and the jitter of pauses, are drawn from} */
    RandomGenerator random();

    /** {@return the names of all tenants, sorted} */
    List<String> tenants();

    /**
     * Takes the right to change a tenant, whether it exists or not. Does not wait.
     *
     * @param tenant the tenant's name
     * @return close it to let others change the tenant
     * @throws HcpException with kind {@code LOCKED}, naming the holder, if somebody else has it
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
     * Tells whether a tenant that something was done with needs this process from then on. Where it does, the right to
     * change it is kept until it is deleted or everything is let go of; where it does not, only while there is work.
     *
     * @return true unless others watch over tenants
     */
    default boolean watchesOver() {
        return true;
    }

    /** {@return how its tenants can be looked after without being asked; empty if they cannot} */
    default Optional<Maintained> maintained() {
        return Optional.empty();
    }

    /**
     * Reads what all tenants use, and what there is for them.
     *
     * @param executor on which threads to read several at a time
     * @return what could be read, and why the rest could not
     * @throws HcpException if not even the tenants can be listed
     */
    FleetSample sample(Executor executor);

    /**
     * Returns the way to one tenant, whether it exists or not.
     *
     * @param name the tenant's name
     * @return the way
     */
    TenantBackend tenant(String name);

    /**
     * Tells what there has to be once for all tenants, and makes it so if asked to.
     *
     * @param write true to make it so, false to tell alone
     * @return what is or would be done
     * @throws HcpException with kind {@code UNSUPPORTED} if nothing has to be there
     */
    default Installation install(boolean write) {
        throw new HcpException(
                ErrorKind.UNSUPPORTED,
                "nothing can be installed where control planes are processes",
                "leave the call out: tenants can be applied at once");
    }

    /**
     * Gives rights back, right before {@link #close}. One that cannot be given back keeps none of the others.
     *
     * @param leases the rights
     */
    default void release(List<Lease> leases) {
        for (Lease lease : leases) {
            try {
                lease.close();
            } catch (RuntimeException e) {
                LoggerFactory.getLogger(EngineBackend.class)
                        .warn("tenant \"{}\" could not be let go of", lease.tenant(), e);
            }
        }
    }

    /** Lets go of everything. */
    @Override
    void close();
}
