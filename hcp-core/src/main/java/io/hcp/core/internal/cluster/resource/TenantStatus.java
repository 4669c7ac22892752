package io.hcp.core.internal.cluster.resource;

import io.hcp.api.model.KubernetesVersion;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.immutables.value.Value;

/** The status of a {@code TenantControlPlane}: what was found when somebody last looked. Immutable. */
@Value.Immutable
public interface TenantStatus {
    /** {@return an empty builder} */
    static ImmutableTenantStatus.Builder builder() {
        return ImmutableTenantStatus.builder();
    }

    /** {@return the generation of the description that was carried out or is being carried out} */
    @Value.Default
    default long observedGeneration() {
        return 0;
    }

    /** {@return how the tenant is, as one word for people} */
    Optional<String> phase();

    /** {@return the step under way, or the one that failed; empty if nothing is to be done} */
    Optional<String> step();

    /** {@return the version that every API server serves} */
    Optional<KubernetesVersion> version();

    /** {@return the URL of the API server} */
    Optional<String> endpoint();

    /** {@return the URL that Service {@code kubernetes} of the tenant was made to lead to; empty if none was told yet} */
    Optional<String> published();

    /** {@return how many copies of the control plane there are} */
    @Value.Default
    default int replicas() {
        return 0;
    }

    /** {@return how many of them are as the description says} */
    @Value.Default
    default int updatedReplicas() {
        return 0;
    }

    /** {@return how many of them serve} */
    @Value.Default
    default int readyReplicas() {
        return 0;
    }

    /** {@return the labels of the copies' pods, for those who scale by load} */
    Optional<String> selector();

    /** {@return when the first of the certificates in use expires} */
    Optional<Instant> certificateExpiry();

    /** {@return the uids of the claims of etcd's volumes; empty as long as they were not noted} */
    List<String> volumes();

    /** {@return a copy of what is kept of the tenant beside its description, should the annotation with it be lost} */
    Optional<String> record();

    /** {@return what was done last, step by step, as JSON} */
    Optional<String> journal();

    /** {@return what can be said of the tenant as a whole, each type once} */
    List<StatusCondition> conditions();
}
