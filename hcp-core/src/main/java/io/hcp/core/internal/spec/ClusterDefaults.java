package io.hcp.core.internal.spec;

import io.hcp.api.model.ComponentProfile;
import io.hcp.api.model.ComputeResources;
import io.hcp.api.model.ControlPlaneProfile;
import io.hcp.api.model.Cpu;
import io.hcp.api.model.EtcdProfile;
import io.hcp.api.model.ExposureType;
import io.hcp.api.model.ImagePullPolicy;
import io.hcp.api.model.NetworkProfile;
import io.hcp.api.model.Quantity;
import io.hcp.api.model.RegistrySettings;
import io.hcp.api.model.ResourceProfile;
import io.hcp.api.model.StorageProfile;
import io.hcp.api.model.TenantControlPlane;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/** Chooses what a description of pods leaves open, beside what {@link SpecDefaults} chooses. Pure. */
public final class ClusterDefaults {
    /** Two, so that the API answers while pods are replaced and nodes are lost. */
    private static final int REPLICAS = 2;

    private static final int MEMBERS = 1;
    private static final String REGISTRY = "registry.k8s.io";

    /** A restart in the middle of a start only makes it longer: a minor's migration of stored objects takes minutes. */
    private static final Duration STARTUP_TIMEOUT = Duration.ofMinutes(5);

    /** etcd's own quota. */
    private static final long QUOTA = 2L << 30;

    /** About twice the processor time, and half as much memory again, as measured of tenants in which nothing happens. */
    private static final ResourceProfile API_SERVER = requests("100m", "384Mi");

    private static final ResourceProfile CONTROLLER_MANAGER = requests("50m", "160Mi");
    private static final ResourceProfile SCHEDULER = requests("20m", "96Mi");
    private static final ResourceProfile ETCD = requests("50m", "128Mi");

    private ClusterDefaults() {}

    /**
     * Fills in what is unset and has a default: with what the tenant has, if it exists; else with the default.
     *
     * @param wanted what the user wrote, valid or not
     * @param stored the tenant's present description, if it exists
     * @return the completed description; completing it again changes nothing
     */
    public static TenantControlPlane resolve(TenantControlPlane wanted, Optional<TenantControlPlane> stored) {
        NetworkProfile network = wanted.networkProfile();
        TenantControlPlane completed = wanted.withControlPlane(
                        controlPlane(wanted.controlPlane(), stored.map(TenantControlPlane::controlPlane)))
                .withNetworkProfile(network.withExposure(network.exposure()
                        .or(() ->
                                stored.flatMap(tenant -> tenant.networkProfile().exposure()))
                        .orElse(ExposureType.LOAD_BALANCER)))
                .withDataStore(wanted.dataStore()
                        .withEtcd(etcd(
                                wanted.dataStore().etcd(),
                                stored.map(tenant -> tenant.dataStore().etcd()))));
        return SpecDefaults.resolve(completed, stored);
    }

    private static ControlPlaneProfile controlPlane(ControlPlaneProfile wanted, Optional<ControlPlaneProfile> stored) {
        return wanted.withReplicas(chosen(
                        wanted.replicas(),
                        stored.map(ControlPlaneProfile::replicas).orElse(OptionalInt.empty()),
                        REPLICAS))
                .withApiServer(component(wanted.apiServer(), stored.map(ControlPlaneProfile::apiServer), API_SERVER))
                .withControllerManager(component(
                        wanted.controllerManager(),
                        stored.map(ControlPlaneProfile::controllerManager),
                        CONTROLLER_MANAGER))
                .withScheduler(component(wanted.scheduler(), stored.map(ControlPlaneProfile::scheduler), SCHEDULER))
                .withRegistrySettings(
                        registry(wanted.registrySettings(), stored.map(ControlPlaneProfile::registrySettings)))
                .withStartupTimeout(wanted.startupTimeout()
                        .or(() -> stored.flatMap(ControlPlaneProfile::startupTimeout))
                        .orElse(STARTUP_TIMEOUT));
    }

    private static int chosen(OptionalInt wanted, OptionalInt stored, int otherwise) {
        return wanted.orElse(stored.orElse(otherwise));
    }

    private static ComponentProfile component(
            ComponentProfile wanted, Optional<ComponentProfile> stored, ResourceProfile otherwise) {
        return wanted.withResources(resources(wanted.resources(), stored.map(ComponentProfile::resources), otherwise));
    }

    /** Requests that are not set are no more than the limits, which the API of the under cluster demands. */
    private static ResourceProfile resources(
            ResourceProfile wanted, Optional<ResourceProfile> stored, ResourceProfile otherwise) {
        ComputeResources requests = wanted.requests();
        ComputeResources known = stored.map(ResourceProfile::requests)
                .orElseGet(() -> ComputeResources.builder().build());
        Cpu cpu = requests.cpu()
                .orElseGet(() -> least(
                        known.cpu().or(() -> otherwise.requests().cpu()).orElseThrow(),
                        wanted.limits().cpu()));
        Quantity memory = requests.memory()
                .orElseGet(() -> least(
                        known.memory().or(() -> otherwise.requests().memory()).orElseThrow(),
                        wanted.limits().memory()));
        return wanted.withRequests(
                ComputeResources.builder().cpu(cpu).memory(memory).build());
    }

    private static <T extends Comparable<T>> T least(T amount, Optional<T> limit) {
        return limit.filter(most -> most.compareTo(amount) < 0).orElse(amount);
    }

    private static RegistrySettings registry(RegistrySettings wanted, Optional<RegistrySettings> stored) {
        return wanted.withRegistry(wanted.registry()
                        .or(() -> stored.flatMap(RegistrySettings::registry))
                        .orElse(REGISTRY))
                .withImagePullPolicy(wanted.imagePullPolicy()
                        .or(() -> stored.flatMap(RegistrySettings::imagePullPolicy))
                        .orElse(ImagePullPolicy.IF_NOT_PRESENT));
    }

    private static EtcdProfile etcd(EtcdProfile wanted, Optional<EtcdProfile> stored) {
        StorageProfile storage = wanted.storage();
        return wanted.withMembers(chosen(
                        wanted.members(), stored.map(EtcdProfile::members).orElse(OptionalInt.empty()), MEMBERS))
                .withResources(resources(wanted.resources(), stored.map(EtcdProfile::resources), ETCD))
                .withStorage(storage.withSize(storage.size()
                        .or(() -> stored.flatMap(etcd -> etcd.storage().size()))
                        .orElseGet(() -> volume(wanted.quotaBackendBytes()))));
    }

    /** The database, its copy while it is defragmented, one that a member gets from another, and logs. */
    private static Quantity volume(Optional<Quantity> quota) {
        long mebibytes = 3 * (quota.map(Quantity::bytes).orElse(QUOTA) >> 20) + (2 << 10);
        return Quantity.parse(mebibytes % (1 << 10) == 0 ? (mebibytes >> 10) + "Gi" : mebibytes + "Mi");
    }

    private static ResourceProfile requests(String cpu, String memory) {
        return ResourceProfile.builder()
                .requests(amounts -> amounts.cpu(cpu).memory(memory))
                .build();
    }
}
