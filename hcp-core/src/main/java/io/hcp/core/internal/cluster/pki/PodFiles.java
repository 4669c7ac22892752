package io.hcp.core.internal.cluster.pki;

import io.fabric8.kubernetes.api.model.Secret;
import io.hcp.api.error.ErrorKind;
import io.hcp.api.error.HcpException;
import io.hcp.api.model.Component;
import io.hcp.api.model.TenantControlPlane;
import io.hcp.core.internal.blueprint.ComponentBlueprint;
import io.hcp.core.internal.cluster.render.SecretObjects;
import io.hcp.core.internal.cluster.render.TenantObjects;
import io.hcp.pki.Authority;
import io.hcp.pki.Credential;
import io.hcp.pki.InventoryEntry;
import io.hcp.pki.Kubeconfig;
import io.hcp.pki.LeafDefinition;
import io.hcp.pki.PkiContent;
import io.hcp.pki.PkiPaths;
import io.hcp.pki.RenewalPolicy;
import io.hcp.pki.TenantPki;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What pods are given to prove who they are.
 *
 * @param texts what is there
 * @param tenant the description, with its defaults resolved and its address
 * @param clock tells how long certificates are valid
 */
public record PodFiles(SecretTexts texts, TenantControlPlane tenant, Clock clock) {
    /**
     * Finds the certificates to issue again: what is missing, damaged, or says something else than it should; and all of
     * them if one is to be renewed. Then what each component shows tells that everything else it was given has come to it,
     * too: the files of a component come to it at once.
     *
     * @return their paths, sorted
     * @throws HcpException with kind {@code PKI_DAMAGED} if an authority is damaged
     */
    public List<String> outdated() {
        PkiContent content = new PkiContent(texts);
        List<LeafDefinition> definitions = definitions();
        SortedSet<String> paths = new TreeSet<>(content.outdated(definitions));
        if (!RenewalPolicy.DEFAULT
                .leavesDue(tenantId(), content.load(definitions).inventory(), clock.instant())
                .isEmpty()) {
            definitions.forEach(leaf -> paths.add(leaf.path()));
        }
        return List.copyOf(paths);
    }

    private String tenantId() {
        return tenant.tenantId().orElse(tenant.name());
    }

    /** {@return when they are to be renewed; empty if there are none} */
    public Optional<Instant> renewAt() {
        return inventory().stream()
                .filter(entry -> entry.stage().isEmpty())
                .map(entry -> RenewalPolicy.DEFAULT.renewAt(tenantId(), entry))
                .min(Instant::compareTo);
    }

    /** {@return all certificates that are there} */
    public List<InventoryEntry> inventory() {
        return new PkiContent(texts).load(definitions()).inventory();
    }

    /**
     * Renders the Secrets that pods mount, and the administrators' kubeconfig.
     *
     * @param objects the tenant as objects
     * @param server the address of its API server
     * @param outdated the certificates to issue again
     * @return the Secrets
     * @throws HcpException with kind {@code PKI_DAMAGED} if an authority or an encryption key is damaged
     */
    public List<Secret> render(TenantObjects objects, URI server, List<String> outdated) {
        TenantPki present = new PkiContent(texts).load(List.of());
        Map<String, String> files = new HashMap<>(PkiContent.derived(present));
        for (String path : List.of("ca.crt", "ca.key", "sa.key")) {
            files.put(path, text(path));
        }
        for (LeafDefinition leaf : definitions()) {
            String certificate = PkiPaths.certificate(leaf.path());
            String key = PkiPaths.key(leaf.path());
            if (outdated.contains(leaf.path())) {
                Credential issued = present.issue(leaf, clock);
                files.put(certificate, issued.certificatePem());
                files.put(key, issued.keyPem());
            } else {
                files.put(certificate, text(certificate));
                files.put(key, text(key));
            }
        }
        return secrets(objects, files, kubeconfig(present, server, files));
    }

    private List<Secret> secrets(TenantObjects objects, Map<String, String> files, String kubeconfig) {
        SecretObjects secrets = objects.secrets();
        List<Secret> all = new ArrayList<>();
        for (Component component :
                List.of(Component.KUBE_APISERVER, Component.KUBE_CONTROLLER_MANAGER, Component.KUBE_SCHEDULER)) {
            all.add(secrets.files(objects.blueprint().of(component), path -> file(files, path), this::encryptionKey));
        }
        ComponentBlueprint etcd = objects.blueprint().of(Component.ETCD);
        for (int number = 0; number < tenant.dataStore().etcd().members().orElse(1); number++) {
            int member = number;
            all.add(secrets.memberFiles(etcd, member, path -> file(files, PodCertificates.ofMember(path, member))));
        }
        all.add(secrets.kubeconfig(kubeconfig));
        return all;
    }

    private String kubeconfig(TenantPki present, URI server, Map<String, String> files) {
        Credential client = Credential.parse(
                file(files, PkiPaths.certificate(PodCertificates.ADMINISTRATORS)),
                file(files, PkiPaths.key(PodCertificates.ADMINISTRATORS)));
        return Kubeconfig.embedded(tenant.name(), server, present.trustBundle(Authority.CLUSTER), client);
    }

    private static String file(Map<String, String> files, String path) {
        return Optional.ofNullable(files.get(path))
                .orElseThrow(() -> new IllegalStateException("no certificate or key is kept as " + path));
    }

    private String text(String path) {
        return texts.read(path).orElseThrow(() -> damaged(texts.place(path)));
    }

    private String encryptionKey(String name) {
        return texts.encryptionKey(name)
                .orElseThrow(() -> damaged("Secret " + texts.names().encryptionKey(name)));
    }

    private static HcpException damaged(String place) {
        return new HcpException(ErrorKind.PKI_DAMAGED, place + " is missing or damaged", "restore it from a backup");
    }

    private List<LeafDefinition> definitions() {
        return PodCertificates.definitions(tenant, texts.names());
    }
}
