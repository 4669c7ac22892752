package io.hcp.core.internal.cluster.render;

import io.hcp.api.model.Component;
import io.hcp.api.model.IpAddress;
import io.hcp.api.model.TenantControlPlane;
import io.hcp.core.internal.blueprint.Blueprint;
import io.hcp.core.internal.blueprint.BlueprintInput;
import io.hcp.core.internal.blueprint.EncryptionState;
import io.hcp.core.internal.blueprint.PodTopology;
import io.hcp.core.internal.catalog.Release;

/**
 * A tenant as objects of an under cluster. The same description gives the same objects, field by field.
 *
 * @param frame what all objects have in common
 * @param tenant the description, with its defaults resolved
 * @param blueprint its programs, in pods
 */
public record TenantObjects(Frame frame, TenantControlPlane tenant, Blueprint blueprint) {
    /**
     * Draws up a tenant whose address is known.
     *
     * @param frame what all objects have in common
     * @param tenant the description, with its defaults resolved
     * @param release what its minor is made of
     * @param encryption what is encrypted, and was
     * @param revision the rules by which it is drawn up, see {@link Blueprint#RENDER_REVISION}
     * @param endpoint the address at which clients reach it
     * @return the tenant
     */
    public static TenantObjects of(
            Frame frame,
            TenantControlPlane tenant,
            Release release,
            EncryptionState encryption,
            int revision,
            IpAddress endpoint) {
        PodTopology topology = topology(frame, tenant, endpoint);
        return new TenantObjects(
                frame,
                tenant,
                Blueprint.of(new BlueprintInput(
                        tenant, release, PodTopology.PORTS, encryption, PodTopology.LAYOUT, revision, topology)));
    }

    /**
     * Tells where a tenant's pods reach each other.
     *
     * @param frame what all objects have in common
     * @param tenant the description, with its defaults resolved
     * @param endpoint the address at which clients reach it
     * @return names and addresses, also for certificates
     */
    public static PodTopology topology(Frame frame, TenantControlPlane tenant, IpAddress endpoint) {
        return new PodTopology(
                frame.names().etcd(),
                frame.names().namespace(),
                endpoint,
                tenant.dataStore().etcd().members().orElse(1));
    }

    /** {@return the Services, which need no endpoint} */
    public ServiceObjects services() {
        return new ServiceObjects(frame);
    }

    /** {@return the Secrets} */
    public SecretObjects secrets() {
        return new SecretObjects(frame);
    }

    /** {@return the pods of etcd} */
    public EtcdObjects etcd() {
        return new EtcdObjects(frame, tenant, blueprint.of(Component.ETCD));
    }

    /** {@return the pods of the control plane} */
    public ControlPlaneObjects controlPlane() {
        return new ControlPlaneObjects(frame, tenant.controlPlane(), blueprint);
    }
}
