package io.hcp.core.internal.spec.form;

import io.hcp.api.model.ComponentProfile;
import io.hcp.api.model.ControlPlaneProfile;
import io.hcp.api.model.DataStoreProfile;
import io.hcp.api.model.EtcdProfile;
import java.util.List;

/** The fields of {@code spec.controlPlane} and {@code spec.dataStore}. */
final class ControlPlaneForms {
    private static final ObjectForm<ComponentProfile, ComponentProfile.Builder> COMPONENT = new ObjectForm<>(
            ComponentProfile::builder,
            ComponentProfile.Builder::build,
            List.of(
                    Field.map("extraArgs", Codecs.TEXT, ComponentProfile::extraArgs, (b, args) -> b.extraArgs(args)),
                    Field.group(
                            "resources",
                            PodForms.RESOURCES,
                            ComponentProfile::resources,
                            (b, resources) -> b.resources(resources))));

    static final ObjectForm<ControlPlaneProfile, ControlPlaneProfile.Builder> CONTROL_PLANE = new ObjectForm<>(
            ControlPlaneProfile::builder,
            ControlPlaneProfile.Builder::build,
            List.of(
                    Field.optional(
                            "replicas",
                            Codecs.INTEGER,
                            p -> p.replicas().stream().boxed().findAny(),
                            (b, replicas) -> b.replicas(replicas)),
                    Field.group("apiServer", COMPONENT, ControlPlaneProfile::apiServer, (b, p) -> b.apiServer(p)),
                    Field.group(
                            "controllerManager",
                            COMPONENT,
                            ControlPlaneProfile::controllerManager,
                            (b, p) -> b.controllerManager(p)),
                    Field.group("scheduler", COMPONENT, ControlPlaneProfile::scheduler, (b, p) -> b.scheduler(p)),
                    Field.group("pods", PodForms.PODS, ControlPlaneProfile::pods, (b, p) -> b.pods(p)),
                    Field.group(
                            "registrySettings",
                            PodForms.REGISTRY,
                            ControlPlaneProfile::registrySettings,
                            (b, settings) -> b.registrySettings(settings)),
                    Field.optional(
                            "startupTimeout",
                            Codecs.DURATION,
                            ControlPlaneProfile::startupTimeout,
                            (b, timeout) -> b.startupTimeout(timeout))));

    private static final ObjectForm<EtcdProfile, EtcdProfile.Builder> ETCD = new ObjectForm<>(
            EtcdProfile::builder,
            EtcdProfile.Builder::build,
            List.of(
                    Field.optional(
                            "members",
                            Codecs.INTEGER,
                            p -> p.members().stream().boxed().findAny(),
                            (b, members) -> b.members(members)),
                    Field.optional(
                            "quotaBackendBytes",
                            Codecs.QUANTITY,
                            EtcdProfile::quotaBackendBytes,
                            (b, quota) -> b.quotaBackendBytes(quota)),
                    Field.optional(
                            "heartbeatInterval",
                            Codecs.DURATION,
                            EtcdProfile::heartbeatInterval,
                            (b, interval) -> b.heartbeatInterval(interval)),
                    Field.optional(
                            "electionTimeout",
                            Codecs.DURATION,
                            EtcdProfile::electionTimeout,
                            (b, timeout) -> b.electionTimeout(timeout)),
                    Field.optional(
                            "snapshotCount",
                            Codecs.LONG,
                            p -> p.snapshotCount().stream().boxed().findAny(),
                            (b, count) -> b.snapshotCount(count)),
                    Field.map("extraArgs", Codecs.TEXT, EtcdProfile::extraArgs, (b, args) -> b.extraArgs(args)),
                    Field.group(
                            "resources",
                            PodForms.RESOURCES,
                            EtcdProfile::resources,
                            (b, resources) -> b.resources(resources)),
                    Field.group("storage", PodForms.STORAGE, EtcdProfile::storage, (b, storage) -> b.storage(storage)),
                    Field.group("pods", PodForms.PODS, EtcdProfile::pods, (b, p) -> b.pods(p))));

    static final ObjectForm<DataStoreProfile, DataStoreProfile.Builder> DATA_STORE = new ObjectForm<>(
            DataStoreProfile::builder,
            DataStoreProfile.Builder::build,
            List.of(Field.group("etcd", ETCD, DataStoreProfile::etcd, (b, etcd) -> b.etcd(etcd))));

    private ControlPlaneForms() {}
}
