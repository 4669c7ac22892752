package io.hcp.api.model;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.immutables.value.Value;

/**
 * What Kubernetes does in a tenant. In the custom resource the version stands beside these fields. Immutable and
 * thread-safe.
 */
@Value.Immutable
@ModelStyle
public abstract class KubernetesProfile implements WithKubernetesProfile {
    KubernetesProfile() {}

    /**
     * Starts a description.
     *
     * @return a builder, all fields unset
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Feature gates that differ from the defaults of the tenant's minor, for all components that know them.
     *
     * @return for example {@code InPlacePodVerticalScaling} → true; default none
     * @see <a href="https://kubernetes.io/docs/reference/command-line-tools-reference/feature-gates/">Feature gates</a>
     */
    public abstract Map<String, Boolean> featureGates();

    /** {@return the API server's admission plugins; default those of the minor and {@code NodeRestriction}} */
    @Value.Default
    public AdmissionPlugins admissionPlugins() {
        return AdmissionPlugins.builder().build();
    }

    /** {@return the issuers whose tokens are accepted beside the tenant's own; default none, at most 64} */
    public abstract List<JwtIssuer> jwtIssuers();

    /** {@return what the audit log tells; default: there is none} */
    public abstract Optional<AuditPolicy> auditPolicy();

    /** {@return what is encrypted before it is stored; default nothing} */
    public abstract Optional<EncryptionAtRest> encryptionAtRest();

    /** Builds a {@link KubernetesProfile}. Not thread-safe. */
    public static final class Builder extends ImmutableKubernetesProfile.Builder {
        Builder() {}

        /**
         * Tells which admission plugins run.
         *
         * @param plugins fills in the description
         * @return this builder
         */
        @CanIgnoreReturnValue
        public Builder admissionPlugins(Consumer<AdmissionPlugins.Builder> plugins) {
            AdmissionPlugins.Builder builder = AdmissionPlugins.builder();
            plugins.accept(builder);
            return admissionPlugins(builder.build());
        }

        /**
         * Adds an issuer after those already there.
         *
         * @param issuer fills in the description
         * @return this builder
         */
        @CanIgnoreReturnValue
        public Builder addJwtIssuer(Consumer<JwtIssuer.Builder> issuer) {
            JwtIssuer.Builder builder = JwtIssuer.builder();
            issuer.accept(builder);
            return addJwtIssuer(builder.build());
        }

        /**
         * Tells what the audit log tells.
         *
         * @param policy fills in the description
         * @return this builder
         */
        @CanIgnoreReturnValue
        public Builder auditPolicy(Consumer<AuditPolicy.Builder> policy) {
            AuditPolicy.Builder builder = AuditPolicy.builder();
            policy.accept(builder);
            return auditPolicy(builder.build());
        }

        /**
         * Tells what is encrypted before it is stored.
         *
         * @param encryption fills in the description
         * @return this builder
         */
        @CanIgnoreReturnValue
        public Builder encryptionAtRest(Consumer<EncryptionAtRest.Builder> encryption) {
            EncryptionAtRest.Builder builder = EncryptionAtRest.builder();
            encryption.accept(builder);
            return encryptionAtRest(builder.build());
        }
    }
}
