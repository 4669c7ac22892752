package io.hcp.core.internal.cluster;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.hcp.api.error.ErrorKind;
import io.hcp.api.error.HcpException;
import io.hcp.api.model.ExposureType;
import io.hcp.api.model.IpAddress;
import io.hcp.api.model.NetworkProfile;
import io.hcp.api.model.Port;
import io.hcp.api.model.TenantControlPlane;
import io.hcp.core.internal.blueprint.PodTopology;
import io.hcp.core.internal.catalog.Release;
import io.hcp.core.internal.catalog.ReleaseCatalog;
import io.hcp.core.internal.cluster.form.ClusterObject;
import io.hcp.core.internal.cluster.form.Kind;
import io.hcp.core.internal.cluster.form.Models;
import io.hcp.core.internal.cluster.plan.Drawing;
import io.hcp.core.internal.cluster.render.Frame;
import io.hcp.core.internal.cluster.render.ServiceObjects;
import io.hcp.core.internal.cluster.render.TenantNames;
import io.hcp.core.internal.cluster.render.TenantObjects;
import io.hcp.core.internal.spec.TenantRecord;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * What a tenant's record means in an under cluster.
 *
 * @param names the names of its objects
 * @param owner its own object, if there is one
 */
record Drawings(TenantNames names, Optional<ClusterObject> owner) {
    Frame frame() {
        return new Frame(names, owner.flatMap(ClusterObject::uid).map(this::reference));
    }

    private OwnerReference reference(String uid) {
        return new OwnerReferenceBuilder()
                .withApiVersion(Kind.TENANT.apiVersion())
                .withKind(Kind.TENANT.name())
                .withName(names.tenant())
                .withUid(uid)
                .withController(true)
                .withBlockOwnerDeletion(false)
                .build();
    }

    /** The whole tenant; it must have its address. */
    TenantObjects objects(TenantRecord tenant) {
        Release release = ReleaseCatalog.bundled()
                .find(tenant.spec().kubernetesVersion())
                .orElseThrow(() -> new HcpException(
                        ErrorKind.INVALID_SPEC,
                        "Kubernetes %s of tenant \"%s\" is unknown"
                                .formatted(tenant.spec().kubernetesVersion(), names.tenant()),
                        "use a newer version of this library, or a release of "
                                + ReleaseCatalog.bundled().minors()));
        return TenantObjects.of(
                frame(),
                tenant.spec(),
                release,
                tenant.encryption(),
                tenant.renderRevision(),
                address(tenant.spec()).orElseThrow());
    }

    Drawing drawing(TenantRecord tenant) {
        TenantObjects objects = objects(tenant);
        return new Drawing(
                drawn(objects.controlPlane().serviceAccount()),
                service(tenant.spec()),
                List.of(
                        drawn(objects.services().etcd()),
                        drawn(objects.etcd().budget()),
                        drawn(objects.etcd().statefulSet())),
                List.of(
                        drawn(objects.controlPlane().budget()),
                        drawn(objects.controlPlane().deployment())),
                server(tenant.spec()).toString());
    }

    /** The fields to write of an object that is applied. */
    static ClusterObject drawn(HasMetadata object) {
        return Models.tree(object);
    }

    ClusterObject service(TenantControlPlane tenant) {
        return drawn(new ServiceObjects(frame()).api(tenant.networkProfile()));
    }

    static Optional<IpAddress> address(TenantControlPlane tenant) {
        return tenant.networkProfile().address();
    }

    static URI server(TenantControlPlane tenant) {
        NetworkProfile network = tenant.networkProfile();
        IpAddress address = network.address()
                .orElseThrow(() -> new HcpException(
                        ErrorKind.NOT_FOUND,
                        "tenant \"" + tenant.name() + "\" has no address yet",
                        "wait for it with awaitReady(...)"));
        return URI.create("https://" + (address.isIpv4() ? address : "[" + address + "]") + ":" + port(network));
    }

    static int port(NetworkProfile network) {
        return network.port().map(Port::number).orElse(PodTopology.PORTS.apiServer());
    }

    static boolean isNodePort(TenantControlPlane tenant) {
        return tenant.networkProfile()
                .exposure()
                .filter(ExposureType.NODE_PORT::equals)
                .isPresent();
    }
}
