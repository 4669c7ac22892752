package io.hcp.testbed.fields;

import io.hcp.api.model.ComponentProfile;
import io.hcp.api.model.ControlPlaneProfile;
import io.hcp.api.model.DeletionPolicy;
import io.hcp.api.model.EncryptionProvider;
import io.hcp.api.model.EtcdProfile;
import io.hcp.api.model.ExposureType;
import io.hcp.api.model.ImagePullPolicy;
import io.hcp.api.model.KeyAlgorithm;
import io.hcp.api.model.KubernetesProfile;
import io.hcp.api.model.NetworkProfile;
import io.hcp.api.model.PkiProfile;
import io.hcp.api.model.TenantControlPlane;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** A change of every field that a description has. Pure: samples are the same each time. */
public final class FieldSamples {
    private static final String VERSION = "1.36.3";
    private static final String NEXT_MINOR = "1.37.2";

    private FieldSamples() {}

    /**
     * Returns the description that the samples change: of a tenant with an audit policy and a token issuer, so that what is
     * in them can be changed too.
     *
     * @param name the tenant's name
     * @return a description that every backend can carry out
     */
    public static TenantControlPlane base(String name) {
        return TenantControlPlane.builder()
                .name(name)
                .kubernetesVersion(VERSION)
                .kubernetes(k ->
                        k.auditPolicy(AuditSamples.policy(AuditSamples.RULE)).addJwtIssuers(IssuerSamples.ISSUER))
                .build();
    }

    /** {@return one change of each field, in the order of the resource} */
    public static List<FieldSample> all() {
        return Stream.of(controlPlane(), kubernetes(), network(), etcd(), pki())
                .flatMap(samples -> samples)
                .toList();
    }

    private static Stream<FieldSample> controlPlane() {
        String path = "spec.controlPlane.";
        Consumer<ComponentProfile.Builder> verbose = component -> component.putExtraArg("v", "3");
        Stream<FieldSample> programs = Stream.of(
                        PodSamples.component("apiServer", verbose, ControlPlaneProfile.Builder::apiServer),
                        PodSamples.component(
                                "controllerManager", verbose, ControlPlaneProfile.Builder::controllerManager),
                        PodSamples.component("scheduler", verbose, ControlPlaneProfile.Builder::scheduler))
                .flatMap(samples -> samples);
        return Stream.of(
                        Stream.of(
                                new FieldSample("spec.tenantId", tenant -> tenant.withTenantId("t987654321")),
                                new FieldSample(
                                        path + "replicas", tenant -> tenant.withControlPlane(c -> c.replicas(3)))),
                        programs,
                        PodSamples.pods(path, (tenant, pods) -> tenant.withControlPlane(c -> c.pods(pods))),
                        Stream.of(
                                new FieldSample(
                                        path + "registrySettings.registry",
                                        tenant -> tenant.withControlPlane(
                                                c -> c.registrySettings(r -> r.registry("registry.example.com")))),
                                new FieldSample(
                                        path + "registrySettings.imagePullPolicy",
                                        tenant -> tenant.withControlPlane(c ->
                                                c.registrySettings(r -> r.imagePullPolicy(ImagePullPolicy.ALWAYS)))),
                                new FieldSample(
                                        path + "registrySettings.imagePullSecrets",
                                        tenant -> tenant.withControlPlane(
                                                c -> c.registrySettings(r -> r.addImagePullSecret("pull")))),
                                new FieldSample(
                                        path + "startupTimeout",
                                        tenant -> tenant.withControlPlane(
                                                c -> c.startupTimeout(Duration.ofMinutes(10))))))
                .flatMap(samples -> samples);
    }

    private static Stream<FieldSample> kubernetes() {
        return Stream.of(
                        Stream.of(
                                new FieldSample(
                                        "spec.kubernetes.version", tenant -> tenant.withKubernetesVersion(NEXT_MINOR)),
                                kubernetes("featureGates[]", k -> k.putFeatureGate("HPAScaleToZero", true)),
                                kubernetes(
                                        "admissionPlugins.enabled",
                                        k -> k.admissionPlugins(p -> p.addEnabled("AlwaysPullImages"))),
                                kubernetes(
                                        "admissionPlugins.disabled",
                                        k -> k.admissionPlugins(p -> p.addDisabled("DefaultStorageClass")))),
                        IssuerSamples.all(),
                        AuditSamples.all(),
                        Stream.of(
                                kubernetes(
                                        "encryptionAtRest.provider",
                                        k -> k.encryptionAtRest(e -> e.provider(EncryptionProvider.AESGCM))),
                                kubernetes(
                                        "encryptionAtRest.resources",
                                        k -> k.encryptionAtRest(e -> e.addResource("configmaps")))))
                .flatMap(samples -> samples);
    }

    static FieldSample kubernetes(String field, Consumer<KubernetesProfile.Builder> change) {
        return new FieldSample("spec.kubernetes." + field, tenant -> tenant.withKubernetes(change));
    }

    private static Stream<FieldSample> network() {
        return Stream.of(
                network("exposure", n -> n.exposure(ExposureType.CLUSTER_IP)),
                network(
                        "loadBalancerClass",
                        n -> n.exposure(ExposureType.LOAD_BALANCER).loadBalancerClass("example.com/internal")),
                network(
                        "loadBalancerSourceRanges",
                        n -> n.exposure(ExposureType.LOAD_BALANCER).loadBalancerSourceRanges("203.0.113.0/24")),
                network("serviceLabels[]", n -> n.putServiceLabel("team", "platform")),
                network("serviceAnnotations[]", n -> n.putServiceAnnotation("example.com/pool", "tenants")),
                network("address", n -> n.address("127.0.0.2")),
                network("port", n -> n.port(16443)),
                network("certSANs", n -> n.addCertSan("api.acme.example")),
                network("serviceCidrs", n -> n.serviceCidrs("10.32.0.0/16").dnsServiceIps("10.32.0.10")),
                network("podCidrs", n -> n.podCidrs("10.33.0.0/16")),
                network("clusterDomain", n -> n.clusterDomain("acme.example")),
                network("dnsServiceIPs", n -> n.dnsServiceIps("10.96.0.53")));
    }

    private static FieldSample network(String field, Consumer<NetworkProfile.Builder> change) {
        return new FieldSample("spec.networkProfile." + field, tenant -> tenant.withNetworkProfile(change));
    }

    private static Stream<FieldSample> etcd() {
        String path = "spec.dataStore.etcd.";
        return Stream.of(
                        Stream.of(
                                etcd("members", e -> e.members(3)),
                                etcd("quotaBackendBytes", e -> e.quotaBackendBytes("3Gi")),
                                etcd("heartbeatInterval", e -> e.heartbeatInterval(Duration.ofMillis(150))),
                                etcd("electionTimeout", e -> e.electionTimeout(Duration.ofMillis(1_500))),
                                etcd("snapshotCount", e -> e.snapshotCount(5_000)),
                                etcd("extraArgs[]", e -> e.putExtraArg("max-request-bytes", "3145728"))),
                        PodSamples.resources(
                                path,
                                (tenant, amounts) -> tenant.withDataStore(d -> d.etcd(e -> e.resources(amounts)))),
                        Stream.of(
                                etcd("storage.size", e -> e.storage(s -> s.size("40Gi"))),
                                etcd("storage.storageClassName", e -> e.storage(s -> s.storageClassName("fast")))),
                        PodSamples.pods(path, (tenant, pods) -> tenant.withDataStore(d -> d.etcd(e -> e.pods(pods)))))
                .flatMap(samples -> samples);
    }

    private static FieldSample etcd(String field, Consumer<EtcdProfile.Builder> change) {
        return new FieldSample(
                "spec.dataStore.etcd." + field, tenant -> tenant.withDataStore(store -> store.etcd(change)));
    }

    private static Stream<FieldSample> pki() {
        return Stream.of(
                pki("keyAlgorithm", p -> p.keyAlgorithm(KeyAlgorithm.RSA_2048)),
                pki("leafValidity", p -> p.leafValidity(Duration.ofDays(30))),
                pki("authorityValidity", p -> p.authorityValidity(Duration.ofDays(730))),
                pki("authorities.cluster.secretName", p -> p.authorities(a -> a.cluster("acme-ca"))),
                pki("authorities.frontProxy.secretName", p -> p.authorities(a -> a.frontProxy("acme-front-proxy"))),
                pki("authorities.etcd.secretName", p -> p.authorities(a -> a.etcd("acme-etcd"))),
                new FieldSample(
                        "spec.lifecycle.deletionPolicy",
                        tenant -> tenant.withLifecycle(l -> l.deletionPolicy(DeletionPolicy.RETAIN))));
    }

    private static FieldSample pki(String field, Consumer<PkiProfile.Builder> change) {
        return new FieldSample("spec.pki." + field, tenant -> tenant.withPki(change));
    }
}
