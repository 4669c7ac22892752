package io.hcp.testbed.cluster;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.FieldValidateable.Validation;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.hcp.api.error.InvalidSpecException;
import io.hcp.api.model.TenantControlPlane;
import io.hcp.core.Manifests;
import io.hcp.core.internal.spec.SpecDefaults;
import io.hcp.core.internal.spec.SpecValidator;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** What an API server, the tables of fields and the rules of descriptions say of the same tree. */
final class Trial {
    static final ResourceDefinitionContext TENANTS = new ResourceDefinitionContext.Builder()
            .withGroup("hcp.io")
            .withVersion("v1alpha1")
            .withKind("TenantControlPlane")
            .withPlural("tenantcontrolplanes")
            .withNamespaced(true)
            .build();

    private final KubernetesClient client;

    Trial(KubernetesClient client) {
        this.client = client;
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> tree(TenantControlPlane tenant) {
        return (Map<String, Object>) new Load(LoadSettings.builder().build()).loadFromString(Manifests.toYaml(tenant));
    }

    static String yaml(Map<String, Object> tree) {
        return new Dump(DumpSettings.builder().build()).dumpToString(tree);
    }

    Resource<GenericKubernetesResource> resource(Map<String, Object> tree) {
        GenericKubernetesResource resource = new GenericKubernetesResource();
        resource.setApiVersion("hcp.io/v1alpha1");
        resource.setKind("TenantControlPlane");
        resource.setMetadata(new ObjectMetaBuilder()
                .withName((String) ((Map<?, ?>) tree.get("metadata")).get("name"))
                .withNamespace("default")
                .build());
        tree.forEach((name, value) -> {
            if (!name.matches("apiVersion|kind|metadata")) {
                resource.setAdditionalProperty(name, value);
            }
        });
        return client.genericKubernetesResources(TENANTS).resource(resource);
    }

    /** {@return why the API server refuses a tree, if it does; nothing is stored} */
    Optional<String> refusedByServer(Map<String, Object> tree) {
        try {
            resource(tree).dryRun().fieldValidation(Validation.STRICT).create();
            return Optional.empty();
        } catch (KubernetesClientException e) {
            if (e.getCode() == 422 || e.getCode() == 400) {
                return Optional.of(String.valueOf(e.getMessage()));
            }
            throw e;
        }
    }

    /** {@return why a tree is no description, if it is none} */
    static Optional<String> refusedByForm(Map<String, Object> tree) {
        try {
            Manifests.read(yaml(tree));
            return Optional.empty();
        } catch (InvalidSpecException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    /** {@return why a tree is no valid description, if it is none} */
    static Optional<String> refusedByRules(Map<String, Object> tree) {
        try {
            SpecValidator.check(SpecDefaults.resolve(Manifests.read(yaml(tree)), Optional.empty()));
            return Optional.empty();
        } catch (InvalidSpecException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }
}
