package io.hcp.api.model;

import java.time.Duration;
import java.util.Set;
import org.immutables.value.Value;

/**
 * Who a kubeconfig is for and for how long. The client certificate in it names the user (common name) and the groups
 * (organizations); what they may do is up to the tenant's RBAC.
 *
 * @see <a href="https://kubernetes.io/docs/reference/access-authn-authz/authentication/#x509-client-certificates">X.509
 *     client certificates</a>
 */
@Value.Immutable
@ModelStyle
public abstract class KubeconfigRequest {
    /** The group that every tenant binds to the role {@code cluster-admin}, as kubeadm does. */
    public static final String ADMINISTRATORS = "kubeadm:cluster-admins";

    KubeconfigRequest() {}

    /**
     * Starts a request.
     *
     * @return a builder with the defaults set
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * The user: 1 to 64 printable characters, the limit of X.509, not beginning with {@code system:}, which Kubernetes
     * keeps for itself.
     *
     * @return default {@code kubernetes-admin}
     */
    @Value.Default
    public String user() {
        return "kubernetes-admin";
    }

    /**
     * The user's groups, under the same rules. {@code system:masters} in particular bypasses RBAC and cannot be revoked.
     *
     * @return default {@link #ADMINISTRATORS}, as long as no group is named
     */
    public abstract Set<String> groups();

    /**
     * How long the client certificate is valid.
     *
     * @return default 8 hours; at least a minute, at most 365 days
     */
    @Value.Default
    public Duration validFor() {
        return Duration.ofHours(8);
    }

    /** Builds a {@link KubeconfigRequest}. Not thread-safe. */
    public static final class Builder extends ImmutableKubeconfigRequest.Builder {
        Builder() {}
    }
}
