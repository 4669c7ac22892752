package io.hcp.core.internal.spec.rules;

import io.hcp.api.model.KubernetesVersion;
import io.hcp.api.model.ProvidedAuthorities;
import io.hcp.api.model.TenantControlPlane;
import io.hcp.core.internal.spec.form.Problems;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Rules of what of a tenant can be changed once it exists. */
public final class ChangeRules {
    /** What would break nodes, certificates or data that exist. */
    private static final List<Fixed> FIXED = List.of(
            new Fixed("spec.tenantId", tenant -> tenant.tenantId()),
            new Fixed(
                    "spec.networkProfile.serviceCidrs",
                    tenant -> tenant.networkProfile().serviceCidrs()),
            new Fixed(
                    "spec.networkProfile.podCidrs",
                    tenant -> tenant.networkProfile().podCidrs()),
            new Fixed(
                    "spec.networkProfile.clusterDomain",
                    tenant -> tenant.networkProfile().clusterDomain()),
            new Fixed(
                    "spec.dataStore.etcd.members",
                    tenant -> tenant.dataStore().etcd().members().orElse(1)),
            new Fixed(
                    "spec.dataStore.etcd.storage.size",
                    tenant -> tenant.dataStore().etcd().storage().size()),
            new Fixed(
                    "spec.dataStore.etcd.storage.storageClassName",
                    tenant -> tenant.dataStore().etcd().storage().storageClassName()),
            new Fixed("spec.pki.authorityValidity", tenant -> tenant.pki().authorityValidity()),
            authority("cluster", ProvidedAuthorities::cluster),
            authority("frontProxy", ProvidedAuthorities::frontProxy),
            authority("etcd", ProvidedAuthorities::etcd));

    private ChangeRules() {}

    private record Fixed(String path, Function<TenantControlPlane, Object> value) {}

    private static Fixed authority(String name, Function<ProvidedAuthorities, Optional<String>> secret) {
        return new Fixed(
                "spec.pki.authorities." + name + ".secretName",
                tenant -> secret.apply(tenant.pki().authorities()));
    }

    /** {@return the paths of the fields that keep their value for the tenant's life} */
    public static List<String> fixedPaths() {
        return FIXED.stream().map(Fixed::path).toList();
    }

    /**
     * Compares two descriptions of a tenant.
     *
     * @param stored what it is, with defaults resolved
     * @param wanted what it shall be, with defaults resolved
     * @param problems where every change that is not possible is noted
     */
    public static void check(TenantControlPlane stored, TenantControlPlane wanted, Problems problems) {
        version(stored.kubernetesVersion(), wanted.kubernetesVersion(), problems);
        for (Fixed field : FIXED) {
            Object before = field.value.apply(stored);
            Object after = field.value.apply(wanted);
            if (!before.equals(after)) {
                problems.add(
                        "Immutable",
                        field.path,
                        shown(after),
                        "use " + shown(before) + ", which is kept for the tenant's life, or make another tenant");
            }
        }
    }

    private static String shown(Object value) {
        Object shown = value instanceof Optional<?> optional
                ? optional.map(Object.class::cast).orElse("(unset)")
                : value;
        return Problems.show(shown);
    }

    private static void version(KubernetesVersion stored, KubernetesVersion wanted, Problems problems) {
        String path = "spec.kubernetes.version";
        if (wanted.compareTo(stored) < 0) {
            problems.add(
                    "VersionDowngrade", path, wanted, "use " + stored + " or newer: stored objects cannot go back");
        } else if (wanted.major() != stored.major() || wanted.minor() > stored.minor() + 1) {
            problems.add(
                    "VersionSkipsMinor",
                    path,
                    wanted,
                    "use a release of " + stored.major() + "." + (stored.minor() + 1) + " first");
        }
    }
}
