package io.hcp.core.internal.cluster.fabric;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Informable;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.fabric8.kubernetes.client.informers.cache.ReducedStateItemStore;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.hcp.core.internal.cluster.form.ClusterObject;
import io.hcp.core.internal.cluster.form.Kind;
import io.hcp.core.internal.cluster.gateway.UnderCluster.Following;
import io.hcp.core.internal.cluster.gateway.Watcher;
import io.hcp.core.internal.cluster.render.Frame;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An informer for each kind, which lists once, watches, and begins again after whatever breaks it. */
final class FabricFollowing implements Following {
    private static final Logger LOG = LoggerFactory.getLogger(FabricFollowing.class);

    /** Lists come in pages of so many. */
    private static final long PAGE = 500;

    private final KubernetesSerialization form;
    private final Watcher watcher;
    private final List<SharedIndexInformer<GenericKubernetesResource>> informers;

    FabricFollowing(KubernetesClient client, String namespace, Watcher watcher) {
        this.form = client.getKubernetesSerialization();
        this.watcher = watcher;
        this.informers = Stream.concat(Stream.of(Kind.TENANT), Kind.OWNED.stream())
                .map(kind -> informer(client, namespace, kind))
                .toList();
        informers.forEach(informer -> {
            var unused = informer.start();
        });
    }

    private SharedIndexInformer<GenericKubernetesResource> informer(
            KubernetesClient client, String namespace, Kind kind) {
        var all = client.genericKubernetesResources(context(kind)).inNamespace(namespace);
        Informable<GenericKubernetesResource> some = kind.equals(Kind.TENANT) ? all : all.withLabel(Frame.TENANT_LABEL);
        SharedIndexInformer<GenericKubernetesResource> informer =
                some.withLimit(PAGE).runnableInformer(0);
        // Of each object only what tells whose it is and which state of it was seen.
        informer.itemStore(new ReducedStateItemStore<>(
                ReducedStateItemStore.NAME_KEY_STATE,
                GenericKubernetesResource.class,
                form,
                "apiVersion",
                "kind",
                "metadata.labels"));
        informer.exceptionHandler((started, failure) -> {
            LOG.warn("{} of namespace {} cannot be followed for the moment: {}", kind, namespace, failure.toString());
            return true;
        });
        return informer.addEventHandler(new Told(kind));
    }

    private static ResourceDefinitionContext context(Kind kind) {
        String[] version = kind.apiVersion().split("/", -1);
        return new ResourceDefinitionContext.Builder()
                .withGroup(version.length > 1 ? version[0] : "")
                .withVersion(version[version.length - 1])
                .withKind(kind.name())
                .withPlural(kind.plural())
                .withNamespaced(kind.namespaced())
                .build();
    }

    private final class Told implements ResourceEventHandler<GenericKubernetesResource> {
        private final Kind kind;

        Told(Kind kind) {
            this.kind = kind;
        }

        @Override
        public void onAdd(GenericKubernetesResource resource) {
            watcher.seen(object(resource));
        }

        @Override
        public void onUpdate(GenericKubernetesResource before, GenericKubernetesResource resource) {
            watcher.seen(object(resource));
        }

        @Override
        public void onDelete(GenericKubernetesResource resource, boolean unknown) {
            watcher.gone(object(resource));
        }

        @SuppressWarnings("unchecked")
        private ClusterObject object(GenericKubernetesResource resource) {
            return FabricObjects.typed(kind, (Map<String, Object>) form.convertValue(resource, Map.class));
        }
    }

    @Override
    public void close() {
        informers.forEach(SharedIndexInformer::close);
    }
}
