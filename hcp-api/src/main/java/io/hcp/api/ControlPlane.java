package io.hcp.api;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.hcp.api.error.HcpException;
import io.hcp.api.error.InvalidSpecException;
import io.hcp.api.model.KubeconfigRequest;
import io.hcp.api.model.TenantControlPlane;
import io.hcp.api.progress.OperationReport;
import io.hcp.api.usage.TenantUsage;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/** A handle on the control plane of one tenant. Thread-safe; holds no resource of its own. */
public interface ControlPlane {
    /**
     * Returns the description that was stored last.
     *
     * @return the wanted state
     */
    TenantControlPlane spec();

    /**
     * Returns the work that gave this handle, or that was under way in this process when the handle was looked up.
     *
     * @return the operation, if there is one
     */
    Optional<Operation> operation();

    /**
     * Reads what was done last with the tenant, by whichever process. A call that found nothing to do leaves the report of
     * the one before.
     *
     * @return the report; state {@code INTERRUPTED} if who carried it out is gone; empty if nothing was ever done
     */
    Optional<OperationReport> lastOperation();

    /**
     * Looks at the control plane now.
     *
     * @return a snapshot
     */
    ControlPlaneStatus status();

    /**
     * Measures what the control plane uses and does, over a span that begins now. Blocks for the span, and as long as
     * reading takes at its beginning and end. Rates and CPU are differences of two readings; memory, what is in flight and
     * sizes are those of the end. What cannot be read is missing in the result, with a reason.
     *
     * @param window the span, 30 seconds for example; the kubelet measures CPU about every 10 seconds, so that over less than
     *     20 there may be none
     * @return what was used in the span
     * @throws IllegalArgumentException if the span is zero or negative
     * @throws HcpException with kind {@code NOT_FOUND} if there is no such tenant any more, {@code CANCELLED} if this thread is
     *     interrupted, or {@code IO}
     */
    TenantUsage usage(Duration window);

    /**
     * Returns the address of the tenant's API server.
     *
     * @return for example {@code https://127.0.0.1:20003}
     * @throws HcpException with kind {@code NOT_FOUND} if it has none yet
     */
    URI endpoint();

    /**
     * Waits until the operation that gave this handle, if any, is done and the control plane is ready: the API server's
     * {@code /readyz}, {@code /healthz} of the controller manager and the scheduler, and a ServiceAccount
     * {@code default} in namespace {@code default}, without which no pod can be created.
     *
     * @param limit how long to wait at most
     * @return this handle
     * @throws HcpException if a step of the operation failed, or with kind {@code TIMEOUT} or {@code CANCELLED} as
     *     {@link Operation#await} tells
     */
    @CanIgnoreReturnValue
    ControlPlane awaitReady(Duration limit);

    /**
     * Issues a kubeconfig with a new client certificate, signed by the tenant's CA. It contains the private key, which
     * is stored nowhere else: keep the text where only its user can read it.
     *
     * @param request who it is for and for how long
     * @return the kubeconfig as YAML
     * @throws InvalidSpecException if the request breaks a rule
     * @throws HcpException with kind {@code NOT_FOUND} if the tenant has no CA yet
     */
    String kubeconfig(KubeconfigRequest request);

    /**
     * Issues a kubeconfig, see {@link #kubeconfig(KubeconfigRequest)}.
     *
     * @param request fills in the request
     * @return the kubeconfig as YAML
     */
    default String kubeconfig(Consumer<KubeconfigRequest.Builder> request) {
        KubeconfigRequest.Builder builder = KubeconfigRequest.builder();
        request.accept(builder);
        return kubeconfig(builder.build());
    }
}
