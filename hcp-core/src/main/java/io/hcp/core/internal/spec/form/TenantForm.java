package io.hcp.core.internal.spec.form;

import io.hcp.api.model.KubernetesProfile;
import io.hcp.api.model.KubernetesVersion;
import io.hcp.api.model.TenantControlPlane;
import java.util.List;
import java.util.stream.Stream;

/** The fields of the resource {@code TenantControlPlane}. */
public final class TenantForm {
    private static final ObjectForm<TenantControlPlane, Draft> METADATA = form(List.of(
            Field.required("name", Codecs.TEXT, TenantControlPlane::name, (draft, name) -> draft.tenant.name(name))));

    private static final ObjectForm<TenantControlPlane, Draft> KUBERNETES = new ObjectForm<>(
            Draft::new,
            Draft::build,
            Stream.concat(
                            Stream.of(Field.<TenantControlPlane, Draft, KubernetesVersion>required(
                                    "version",
                                    Codecs.VERSION,
                                    TenantControlPlane::kubernetesVersion,
                                    (draft, version) -> draft.tenant.kubernetesVersion(version))),
                            KubernetesForm.KUBERNETES.fields().stream()
                                    .map(field -> field.within(
                                            TenantControlPlane::kubernetes, (Draft draft) -> draft.kubernetes)))
                    .toList());

    private static final ObjectForm<TenantControlPlane, Draft> SPEC = form(List.of(
            Field.optional(
                    "tenantId",
                    Codecs.TEXT,
                    TenantControlPlane::tenantId,
                    (draft, tenantId) -> draft.tenant.tenantId(tenantId)),
            Field.group(
                    "controlPlane",
                    ControlPlaneForms.CONTROL_PLANE,
                    TenantControlPlane::controlPlane,
                    (draft, profile) -> draft.tenant.controlPlane(profile)),
            Field.nested("kubernetes", KUBERNETES),
            Field.group(
                    "networkProfile",
                    NetworkForm.NETWORK,
                    TenantControlPlane::networkProfile,
                    (draft, profile) -> draft.tenant.networkProfile(profile)),
            Field.group(
                    "dataStore",
                    ControlPlaneForms.DATA_STORE,
                    TenantControlPlane::dataStore,
                    (draft, profile) -> draft.tenant.dataStore(profile)),
            Field.group("pki", PkiForm.PKI, TenantControlPlane::pki, (draft, profile) -> draft.tenant.pki(profile)),
            Field.group(
                    "lifecycle",
                    LifecycleForm.LIFECYCLE,
                    TenantControlPlane::lifecycle,
                    (draft, profile) -> draft.tenant.lifecycle(profile))));

    /** The whole resource. */
    public static final ObjectForm<TenantControlPlane, Draft> TENANT = form(List.of(
            Field.constant("apiVersion", "hcp.io/v1alpha1"),
            Field.constant("kind", "TenantControlPlane"),
            Field.nested("metadata", METADATA),
            Field.nested("spec", SPEC)));

    private TenantForm() {}

    private static ObjectForm<TenantControlPlane, Draft> form(List<Field<TenantControlPlane, Draft>> fields) {
        return new ObjectForm<>(Draft::new, Draft::build, fields);
    }

    /** A description that is being read. In the resource the version is one of the fields of {@code kubernetes}. */
    public static final class Draft {
        final TenantControlPlane.Builder tenant = TenantControlPlane.builder();
        final KubernetesProfile.Builder kubernetes = KubernetesProfile.builder();

        /** {@return the description; only once all fields could be read} */
        public TenantControlPlane build() {
            return tenant.kubernetes(kubernetes.build()).build();
        }
    }
}
