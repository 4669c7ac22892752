package io.hcp.core.internal.cluster.pki;

import io.hcp.api.model.KubeconfigRequest;
import io.hcp.api.model.TenantControlPlane;
import io.hcp.core.internal.blueprint.CertificateBlueprint;
import io.hcp.core.internal.cluster.render.TenantNames;
import io.hcp.pki.Authority;
import io.hcp.pki.CertificateTemplate;
import io.hcp.pki.CertificateUsage;
import io.hcp.pki.LeafDefinition;
import io.hcp.pki.PkiPolicy;
import java.util.ArrayList;
import java.util.List;

/** The certificates that a tenant in pods needs. Pure. */
public final class PodCertificates {
    /** Where the certificate of the administrators' kubeconfig is kept. */
    public static final String ADMINISTRATORS = "administrators";

    private static final String ETCD = "etcd/";
    private static final String LOCALHOST = "localhost";
    private static final String LOOPBACK = "127.0.0.1";
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
        List<LeafDefinition> definitions = new ArrayList<>();
        for (LeafDefinition leaf : CertificateBlueprint.definitions(tenant)) {
            if (leaf.path().equals("apiserver")) {
                definitions.add(with(leaf, service(names)));
            } else if (!leaf.path().startsWith(ETCD)) {
                definitions.add(leaf);
            }
        }
        for (int number = 0; number < tenant.dataStore().etcd().members().orElse(1); number++) {
            definitions.add(member("server", number, names, policy));
            definitions.add(member("peer", number, names, policy));
        }
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

    private static LeafDefinition with(LeafDefinition leaf, List<String> dnsNames) {
        return new LeafDefinition(
                leaf.path(), leaf.issuer(), leaf.template().withDnsNames(dnsNames), leaf.algorithm());
    }

    /** As pods of the under cluster call the tenant's Service. */
    private static List<String> service(TenantNames names) {
        String inNamespace = names.controlPlane() + "." + names.namespace();
        return List.of(names.controlPlane(), inNamespace, inNamespace + ".svc");
    }

    private static LeafDefinition member(String use, int number, TenantNames names, PkiPolicy policy) {
        String host = names.member(number) + "." + names.etcd() + "." + names.namespace() + ".svc";
        CertificateTemplate template = CertificateTemplate.server("etcd", policy.leafValidity())
                // etcd's gRPC gateway shows the server's certificate as a client, a member its peer's.
                .withUsage(CertificateUsage.CLIENT_AUTH)
                .withDnsNames(LOCALHOST, host)
                .withIpAddresses(List.of(LOOPBACK));
        return new LeafDefinition(ETCD + use + "-" + number, Authority.ETCD, template, policy.algorithm());
    }
}
