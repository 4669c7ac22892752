package io.hcp.core.internal.cluster.fabric;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.hcp.api.error.ErrorKind;
import io.hcp.api.error.HcpException;
import io.hcp.core.internal.cluster.install.InstallationObjects;
import io.hcp.core.internal.cluster.resource.InstalledObject;
import java.net.HttpURLConnection;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/** Objects without namespace, by the embedder's client. Thread-safe. */
public final class FabricInstallationObjects implements InstallationObjects {
    private final KubernetesClient client;

    /**
     * Makes the way to the objects.
     *
     * @param client the embedder's; not closed here
     */
    public FabricInstallationObjects(KubernetesClient client) {
        this.client = client;
    }

    @Override
    public Optional<GenericKubernetesResource> find(InstalledObject wanted) {
        GenericKubernetesResource object = wanted.resource();
        return Optional.ofNullable(asked("read", object, () -> resource(object).get()));
    }

    @Override
    public GenericKubernetesResource create(GenericKubernetesResource object) {
        return asked("create", object, () -> resource(object).create());
    }

    @Override
    public GenericKubernetesResource replace(GenericKubernetesResource object) {
        String version = object.getMetadata().getResourceVersion();
        return asked(
                "replace",
                object,
                () -> resource(object).lockResourceVersion(version).update());
    }

    /** Names the path itself: the client would ask the cluster for it first. */
    private Resource<GenericKubernetesResource> resource(GenericKubernetesResource object) {
        String api = object.getApiVersion();
        int slash = api.indexOf('/');
        ResourceDefinitionContext context = new ResourceDefinitionContext.Builder()
                .withGroup(api.substring(0, slash))
                .withVersion(api.substring(slash + 1))
                .withKind(object.getKind())
                .withPlural(object.getKind().toLowerCase(Locale.ROOT) + "s")
                .withNamespaced(false)
                .build();
        return client.genericKubernetesResources(context).resource(object);
    }

    private static <T> T asked(String verb, GenericKubernetesResource object, Supplier<T> request) {
        try {
            return request.get();
        } catch (KubernetesClientException e) {
            String what =
                    verb + " " + object.getKind() + " " + object.getMetadata().getName() + " of the under cluster";
            throw switch (e.getCode()) {
                case HttpURLConnection.HTTP_CONFLICT ->
                    new HcpException(
                            ErrorKind.CONFLICT,
                            "cannot " + what + ": somebody else was faster",
                            "make the same call again",
                            e);
                case HttpURLConnection.HTTP_FORBIDDEN ->
                    new HcpException(
                            ErrorKind.BLOCKED,
                            "may not " + what + ": " + e.getMessage(),
                            "install as a cluster administrator",
                            e);
                default ->
                    new HcpException(
                            ErrorKind.IO,
                            "cannot " + what + ": " + e.getMessage(),
                            "see whether the under cluster's API server answers",
                            e);
            };
        }
    }
}
