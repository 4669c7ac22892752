package io.hcp.core.internal.cluster.render;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.hcp.api.model.Component;
import io.hcp.core.internal.blueprint.ComponentBlueprint;
import io.hcp.core.internal.blueprint.ConfigFile;
import io.hcp.core.internal.blueprint.PodTopology;
import io.hcp.pki.Authority;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The Secrets of a tenant. What is in them is made elsewhere.
 *
 * @param frame what they have in common
 */
public record SecretObjects(Frame frame) {
    private static final String TLS = "kubernetes.io/tls";
    private static final String OPAQUE = "Opaque";

    /** As Cluster API calls the Secrets that it reads. */
    private static final String CLUSTER_API = "cluster.x-k8s.io/secret";

    /**
     * Renders the files of a component.
     *
     * @param component any but etcd
     * @param pki finds a certificate or key by its path as in kubeadm's {@code pki} directory, with the ending
     * @param encryptionKey finds a key by its name, as text
     * @return a Secret that may change as certificates are renewed
     */
    public Secret files(ComponentBlueprint component, UnaryOperator<String> pki, UnaryOperator<String> encryptionKey) {
        return files(frame.names().files(component.component()), component, pki, encryptionKey);
    }

    /**
     * Renders the files of a member of etcd.
     *
     * @param etcd the component
     * @param member its number, from 0
     * @param pki finds one of its certificates or keys by path, the same paths for each member
     * @return a Secret that may change as certificates are renewed
     */
    public Secret memberFiles(ComponentBlueprint etcd, int member, UnaryOperator<String> pki) {
        return files(frame.names().member(member), etcd, pki, UnaryOperator.identity());
    }

    private Secret files(
            String name, ComponentBlueprint component, UnaryOperator<String> pki, UnaryOperator<String> encryptionKey) {
        SortedMap<String, String> data = new TreeMap<>();
        for (String file : ContainerFiles.of(component)) {
            Path path = PodTopology.LAYOUT.root().resolve(file);
            @Nullable ConfigFile own = component.files().get(path);
            data.put(
                    ContainerFiles.key(file),
                    own != null
                            ? own.text(encryptionKey)
                            : pki.apply(
                                    PodTopology.LAYOUT.pki().relativize(path).toString()));
        }
        String part = component.component() == Component.ETCD ? Frame.ETCD : Frame.CONTROL_PLANE;
        return secret(frame.owned(name, part), OPAQUE, data).build();
    }

    /**
     * Renders an authority, or the key of service accounts: to be created, never applied.
     *
     * @param name see {@link TenantNames#authority(Authority)} and {@link TenantNames#serviceAccountKey()}
     * @param certificate the certificate or public key, as PEM
     * @param key the private key, as PEM
     * @return an immutable Secret that belongs to nobody
     */
    public Secret authority(String name, String certificate, String key) {
        Map<String, String> data = Map.of("tls.crt", certificate, "tls.key", key);
        // Type kubernetes.io/tls demands a certificate, and checks nothing more; a public key is none.
        String type = name.equals(frame.names().serviceAccountKey()) ? OPAQUE : TLS;
        return secret(frame.kept(name, Frame.AUTHORITY), type, data)
                .withImmutable(true)
                .build();
    }

    /**
     * Renders a key with which objects are encrypted: to be created, never applied.
     *
     * @param name the key's name, for example {@code secretbox-1}
     * @param key the key as text
     * @return an immutable Secret that belongs to nobody
     */
    public Secret encryptionKey(String name, String key) {
        ObjectMeta metadata = frame.kept(frame.names().encryptionKey(name), Frame.ENCRYPTION_KEY);
        return secret(metadata, OPAQUE, Map.of("key", key)).withImmutable(true).build();
    }

    /**
     * Renders the administrators' kubeconfig.
     *
     * @param kubeconfig the text
     * @return a Secret as Cluster API has them
     */
    public Secret kubeconfig(String kubeconfig) {
        ObjectMeta metadata = frame.owned(frame.names().kubeconfig(), Frame.KUBECONFIG);
        return secret(metadata, CLUSTER_API, Map.of("value", kubeconfig)).build();
    }

    private static SecretBuilder secret(ObjectMeta metadata, String type, Map<String, String> texts) {
        SortedMap<String, String> data = new TreeMap<>();
        texts.forEach((key, text) ->
                data.put(key, Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8))));
        return new SecretBuilder().withMetadata(metadata).withType(type).withData(data);
    }
}
