package io.hcp.core.internal.engine;

import io.hcp.api.error.HcpException;
import io.hcp.api.error.InvalidSpecException;
import io.hcp.api.model.KubeconfigRequest;
import io.hcp.api.model.TenantControlPlane;
import io.hcp.core.internal.gateway.Journal;
import io.hcp.core.internal.gateway.Lease;
import io.hcp.core.internal.plan.PlannedWork;
import io.hcp.core.internal.plan.Work;
import io.hcp.core.internal.usage.TenantSample;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;

/**
 * What the engine asks of one tenant of a backend. Methods that plan change nothing; each looks at the world anew.
 * Thread-safe.
 */
public interface TenantBackend {
    /**
     * Reads the stored description.
     *
     * @return the description, with its defaults resolved; empty if there is no such tenant
     * @throws HcpException with kind {@code RECORD_DAMAGED} if it is damaged
     */
    Optional<TenantControlPlane> description();

    /**
     * Works out how to bring the tenant to a description.
     *
     * @param written the description, resolved or not
     * @return the work, or obstacles
     * @throws InvalidSpecException if the description breaks a rule, or cannot follow on the stored one
     */
    PlannedWork plan(TenantControlPlane written);

    /**
     * Works out how to bring the tenant back to its stored description, or how to finish its deletion.
     *
     * @return the work, or obstacles; its plan's kind tells which
     * @throws HcpException with kind {@code NOT_FOUND} if there is no such tenant
     */
    PlannedWork planReconcile();

    /**
     * Works out how to remove the tenant.
     *
     * @return the work
     * @throws HcpException with kind {@code NOT_FOUND} if nothing of the tenant is there
     */
    PlannedWork planDelete();

    /**
     * Does one step, blocking. Done again after an interruption at any point, it leads to the same end.
     *
     * @param lease the right to do so
     * @param work the step
     * @param planned the work that it is part of
     * @return what shows that it is done
     */
    String carryOut(Lease lease, Work work, PlannedWork planned);

    /**
     * Looks for another way after a step failed.
     *
     * @param lease the right to change the tenant for that
     * @param failure why it failed
     * @param planned the work that it was part of
     * @return the work to do instead, if there is another way
     */
    Optional<PlannedWork> instead(Lease lease, HcpException failure, PlannedWork planned);

    /**
     * Hears that an operation begins, before the journal does.
     *
     * @param planned what it carries out
     */
    default void begins(PlannedWork planned) {}

    /**
     * Hears that the tenant was to be reconciled and that nothing may be done.
     *
     * @param lease the right to note it
     * @param problem what is in the way
     */
    default void refused(Lease lease, HcpException problem) {}

    /**
     * Watches over what already runs as it should.
     *
     * @param lease the right to do so
     */
    void adopt(Lease lease);

    /** {@return what was done with the tenant last} */
    Journal journal();

    /** {@return how it is now} */
    Health health();

    /**
     * Reads what it uses.
     *
     * @param executor on which threads to read several things at a time
     * @return what could be read, and why the rest could not
     * @throws HcpException with kind {@code NOT_FOUND} if there is no such tenant
     */
    TenantSample sample(Executor executor);

    /** {@return the address of its API server} */
    URI endpoint();

    /**
     * Waits until it is ready.
     *
     * @param limit how long at most
     * @throws HcpException with kind {@code TIMEOUT} saying what it waits for
     */
    void awaitReady(Duration limit);

    /**
     * Issues a kubeconfig.
     *
     * @param request for whom, valid
     * @return the kubeconfig as YAML: a secret
     */
    String kubeconfig(KubeconfigRequest request);
}
