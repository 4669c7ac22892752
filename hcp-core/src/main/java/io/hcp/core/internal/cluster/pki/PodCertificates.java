package io.hcp.core.internal.cluster.pki;

import io.hcp.api.model.KubeconfigRequest;
import io.hcp.api.model.TenantControlPlane;
import io.hcp.core.internal.blueprint.CertificateBlueprint;
import io.hcp.core.internal.blueprint.PodTopology;
import io.hcp.core.internal.cluster.render.TenantNames;
import io.hcp.pki.Authority;
import io.hcp.pki.CertificateTemplate;
import io.hcp.pki.LeafDefinition;
import io.hcp.pki.PkiPolicy;
import java.util.ArrayList;
import java.util.List;

/** The certificates that a tenant in pods needs. Pure. */
public final class PodCertificates {
    /** Where the certificate of the administrators' kubeconfig is kept. */
    public static final String ADMINISTRATORS = "administrators";

    private static final String ETCD = "etcd/";
    private static final String USER = "kubernetes-admin";

    private PodCertificates() {}

    /**
     * Returns the leaves.
     *
     * @param tenant the description, with its defaults resolved and its address
     * @param names the names of its objects
     * @return each path once
     */
    public static List<LeafDefinition> definitions(TenantControlPlane tenant, TenantNames names) {
        PkiPolicy policy = CertificateBlueprint.policy(tenant);
        PodTopology pods = new PodTopology(
                names.etcd(),
                names.namespace(),
                tenant.networkProfile().address().orElseThrow(),
                tenant.dataStore().etcd().members().orElse(1));
        List<LeafDefinition> definitions = new ArrayList<>(CertificateBlueprint.definitions(tenant, pods, List.of()));
        definitions.add(new LeafDefinition(
                ADMINISTRATORS,
                Authority.CLUSTER,
                CertificateTemplate.client(USER, policy.leafValidity(), KubeconfigRequest.ADMINISTRATORS),
                policy.algorithm()));
        return definitions;
    }

    /**
     * Returns where a member's certificate is kept, which the member itself knows by the path without its number.
     *
     * @param path for example {@code etcd/server.crt}
     * @param number the member's
     * @return for example {@code etcd/server-0.crt}
     */
    public static String ofMember(String path, int number) {
        return path.startsWith(ETCD + "server.") || path.startsWith(ETCD + "peer.")
                ? path.replace(".", "-" + number + ".")
                : path;
    }
}
