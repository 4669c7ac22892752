package io.hcp.core.internal.spec.form;

import io.hcp.api.model.ComputeResources;
import io.hcp.api.model.ImagePullPolicy;
import io.hcp.api.model.PodProfile;
import io.hcp.api.model.RegistrySettings;
import io.hcp.api.model.ResourceProfile;
import io.hcp.api.model.StorageProfile;
import io.hcp.api.model.TaintEffect;
import io.hcp.api.model.Toleration;
import io.hcp.api.model.TolerationOperator;
import java.util.List;

/** The fields of pods, containers, images and volumes, named as in Kubernetes. */
final class PodForms {
    private static final ObjectForm<ComputeResources, ComputeResources.Builder> AMOUNTS = new ObjectForm<>(
            ComputeResources::builder,
            ComputeResources.Builder::build,
            List.of(
                    Field.optional("cpu", Codecs.CPU, ComputeResources::cpu, (b, cpu) -> b.cpu(cpu)),
                    Field.optional(
                            "memory", Codecs.QUANTITY, ComputeResources::memory, (b, memory) -> b.memory(memory))));

    static final ObjectForm<ResourceProfile, ResourceProfile.Builder> RESOURCES = new ObjectForm<>(
            ResourceProfile::builder,
            ResourceProfile.Builder::build,
            List.of(
                    Field.group("requests", AMOUNTS, ResourceProfile::requests, (b, amounts) -> b.requests(amounts)),
                    Field.group("limits", AMOUNTS, ResourceProfile::limits, (b, amounts) -> b.limits(amounts))));

    private static final ObjectForm<Toleration, Toleration.Builder> TOLERATION = new ObjectForm<>(
            Toleration::builder,
            Toleration.Builder::build,
            List.of(
                    Field.optional("key", Codecs.TEXT, Toleration::key, (b, key) -> b.key(key)),
                    Field.optional(
                            "operator",
                            Codecs.oneOf(TolerationOperator.values()),
                            Toleration::operator,
                            (b, operator) -> b.operator(operator)),
                    Field.optional("value", Codecs.TEXT, Toleration::value, (b, value) -> b.value(value)),
                    Field.optional(
                            "effect",
                            Codecs.oneOf(TaintEffect.values()),
                            Toleration::effect,
                            (b, effect) -> b.effect(effect)),
                    Field.optional(
                            "tolerationSeconds",
                            Codecs.SECONDS,
                            Toleration::tolerationSeconds,
                            (b, seconds) -> b.tolerationSeconds(seconds))));

    static final ObjectForm<PodProfile, PodProfile.Builder> PODS = new ObjectForm<>(
            PodProfile::builder,
            PodProfile.Builder::build,
            List.of(
                    Field.map("nodeSelector", Codecs.TEXT, PodProfile::nodeSelector, (b, all) -> b.nodeSelector(all)),
                    Field.many(
                            "tolerations",
                            Many.list(TOLERATION),
                            PodProfile::tolerations,
                            (b, tolerations) -> b.tolerations(tolerations)),
                    Field.optional(
                            "priorityClassName",
                            Codecs.TEXT,
                            PodProfile::priorityClassName,
                            (b, name) -> b.priorityClassName(name)),
                    Field.optional(
                            "runtimeClassName",
                            Codecs.TEXT,
                            PodProfile::runtimeClassName,
                            (b, name) -> b.runtimeClassName(name)),
                    Field.map("labels", Codecs.TEXT, PodProfile::labels, (b, all) -> b.labels(all)),
                    Field.map("annotations", Codecs.TEXT, PodProfile::annotations, (b, all) -> b.annotations(all))));

    static final ObjectForm<RegistrySettings, RegistrySettings.Builder> REGISTRY = new ObjectForm<>(
            RegistrySettings::builder,
            RegistrySettings.Builder::build,
            List.of(
                    Field.optional("registry", Codecs.TEXT, RegistrySettings::registry, (b, name) -> b.registry(name)),
                    Field.optional(
                            "imagePullPolicy",
                            Codecs.oneOf(ImagePullPolicy.values()),
                            RegistrySettings::imagePullPolicy,
                            (b, policy) -> b.imagePullPolicy(policy)),
                    Field.many(
                            "imagePullSecrets",
                            Many.list(Codecs.TEXT),
                            RegistrySettings::imagePullSecrets,
                            (b, names) -> b.imagePullSecrets(names))));

    static final ObjectForm<StorageProfile, StorageProfile.Builder> STORAGE = new ObjectForm<>(
            StorageProfile::builder,
            StorageProfile.Builder::build,
            List.of(
                    Field.optional("size", Codecs.QUANTITY, StorageProfile::size, (b, size) -> b.size(size)),
                    Field.optional(
                            "storageClassName",
                            Codecs.TEXT,
                            StorageProfile::storageClassName,
                            (b, name) -> b.storageClassName(name))));

    private PodForms() {}
}
