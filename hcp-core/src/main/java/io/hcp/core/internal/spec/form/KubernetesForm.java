package io.hcp.core.internal.spec.form;

import io.hcp.api.model.AdmissionPlugins;
import io.hcp.api.model.EncryptionAtRest;
import io.hcp.api.model.EncryptionProvider;
import io.hcp.api.model.KubernetesProfile;
import java.util.List;
import java.util.Optional;

/** The fields of {@code spec.kubernetes} beside the version. */
final class KubernetesForm {
    private static final ObjectForm<AdmissionPlugins, AdmissionPlugins.Builder> PLUGINS = new ObjectForm<>(
            AdmissionPlugins::builder,
            AdmissionPlugins.Builder::build,
            List.of(
                    Field.many(
                            "enabled",
                            Many.set(Codecs.TEXT),
                            AdmissionPlugins::enabled,
                            (b, names) -> b.enabled(names)),
                    Field.many(
                            "disabled",
                            Many.set(Codecs.TEXT),
                            AdmissionPlugins::disabled,
                            (b, names) -> b.disabled(names))));

    private static final ObjectForm<EncryptionAtRest, EncryptionAtRest.Builder> ENCRYPTION = new ObjectForm<>(
            EncryptionAtRest::builder,
            EncryptionAtRest.Builder::build,
            List.of(
                    Field.optional(
                            "provider",
                            Codecs.oneOf(EncryptionProvider.values()),
                            e -> Optional.of(e.provider()).filter(p -> p != EncryptionProvider.SECRETBOX),
                            (b, provider) -> b.provider(provider)),
                    Field.many(
                            "resources",
                            Many.set(Codecs.TEXT),
                            EncryptionAtRest::resources,
                            (b, resources) -> b.resources(resources))));

    static final ObjectForm<KubernetesProfile, KubernetesProfile.Builder> KUBERNETES = new ObjectForm<>(
            KubernetesProfile::builder,
            KubernetesProfile.Builder::build,
            List.of(
                    Field.map(
                            "featureGates",
                            Codecs.BOOLEAN,
                            KubernetesProfile::featureGates,
                            (b, gates) -> b.featureGates(gates)),
                    Field.group(
                            "admissionPlugins",
                            PLUGINS,
                            KubernetesProfile::admissionPlugins,
                            (b, plugins) -> b.admissionPlugins(plugins)),
                    Field.nested(
                            "authentication",
                            new ObjectForm<>(
                                    KubernetesProfile::builder,
                                    KubernetesProfile.Builder::build,
                                    List.of(Field.many(
                                            "jwt",
                                            Many.list(AuthenticationForm.JWT),
                                            KubernetesProfile::jwtIssuers,
                                            (b, issuers) -> b.jwtIssuers(issuers))))),
                    Field.optional(
                            "auditPolicy",
                            AuditForm.POLICY,
                            KubernetesProfile::auditPolicy,
                            (b, policy) -> b.auditPolicy(policy)),
                    Field.optional(
                            "encryptionAtRest",
                            ENCRYPTION,
                            KubernetesProfile::encryptionAtRest,
                            (b, encryption) -> b.encryptionAtRest(encryption))));

    private KubernetesForm() {}
}
