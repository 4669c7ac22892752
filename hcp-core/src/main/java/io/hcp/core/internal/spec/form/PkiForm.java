package io.hcp.core.internal.spec.form;

import io.hcp.api.model.KeyAlgorithm;
import io.hcp.api.model.PkiProfile;
import io.hcp.api.model.ProvidedAuthorities;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** The fields of {@code spec.pki}. */
final class PkiForm {
    private static final ObjectForm<ProvidedAuthorities, ProvidedAuthorities.Builder> AUTHORITIES = new ObjectForm<>(
            ProvidedAuthorities::builder,
            ProvidedAuthorities.Builder::build,
            List.of(
                    secret("cluster", ProvidedAuthorities::cluster, (b, name) -> b.cluster(name)),
                    secret("frontProxy", ProvidedAuthorities::frontProxy, (b, name) -> b.frontProxy(name)),
                    secret("etcd", ProvidedAuthorities::etcd, (b, name) -> b.etcd(name))));

    static final ObjectForm<PkiProfile, PkiProfile.Builder> PKI = new ObjectForm<>(
            PkiProfile::builder,
            PkiProfile.Builder::build,
            List.of(
                    Field.optional(
                            "keyAlgorithm",
                            Codecs.oneOf(KeyAlgorithm.values()),
                            PkiProfile::keyAlgorithm,
                            (b, algorithm) -> b.keyAlgorithm(algorithm)),
                    Field.optional(
                            "leafValidity",
                            Codecs.DURATION,
                            PkiProfile::leafValidity,
                            (b, validity) -> b.leafValidity(validity)),
                    Field.optional(
                            "authorityValidity",
                            Codecs.DURATION,
                            PkiProfile::authorityValidity,
                            (b, validity) -> b.authorityValidity(validity)),
                    Field.group("authorities", AUTHORITIES, PkiProfile::authorities, (b, a) -> b.authorities(a))));

    private PkiForm() {}

    /** An authority is a group in the resource, so that it can have more fields later. */
    private static Field<ProvidedAuthorities, ProvidedAuthorities.Builder> secret(
            String authority,
            Function<ProvidedAuthorities, Optional<String>> get,
            BiConsumer<ProvidedAuthorities.Builder, String> set) {
        return Field.nested(
                authority,
                new ObjectForm<>(
                        ProvidedAuthorities::builder,
                        ProvidedAuthorities.Builder::build,
                        List.of(Field.optional("secretName", Codecs.TEXT, get, set))));
    }
}
