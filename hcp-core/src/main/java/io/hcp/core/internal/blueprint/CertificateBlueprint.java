package io.hcp.core.internal.blueprint;

import io.hcp.api.model.Cidr;
import io.hcp.api.model.IpAddress;
import io.hcp.api.model.KeyAlgorithm;
import io.hcp.api.model.NetworkProfile;
import io.hcp.api.model.PkiProfile;
import io.hcp.api.model.TenantControlPlane;
import io.hcp.pki.ApiServerNames;
import io.hcp.pki.CertificateSettings;
import io.hcp.pki.KubernetesCertificates;
import io.hcp.pki.LeafDefinition;
import io.hcp.pki.PkiPolicy;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The certificates that a description asks for. */
public final class CertificateBlueprint {
    private CertificateBlueprint() {}

    /**
     * Returns the leaves that a tenant needs.
     *
     * @param tenant the description, with its defaults resolved
     * @return each path once
     */
    public static List<LeafDefinition> definitions(TenantControlPlane tenant) {
        return KubernetesCertificates.definitions(settings(tenant, apiServerNames(tenant.networkProfile())));
    }

    /**
     * Returns the leaves that a tenant in pods needs: its API server also answers to the names of its Service.
     *
     * @param tenant the description, with its defaults resolved
     * @param pods where its pods reach each other
     * @param addresses more addresses at which it is reached, for example that of its Service inside the under cluster
     * @return each path once; those of member N of etcd are {@code etcd/server-N} and {@code etcd/peer-N}
     */
    public static List<LeafDefinition> definitions(
            TenantControlPlane tenant, PodTopology pods, Collection<IpAddress> addresses) {
        ApiServerNames described = apiServerNames(tenant.networkProfile());
        String service = tenant.name() + "." + pods.namespace();
        List<String> names = new ArrayList<>(List.of(tenant.name(), service, service + ".svc"));
        names.addAll(described.dnsNames());
        Set<String> all = new LinkedHashSet<>(described.ipAddresses());
        all.add(pods.endpoint().toString());
        addresses.stream().map(IpAddress::toString).sorted().forEach(all::add);
        return KubernetesCertificates.definitions(
                settings(tenant, new ApiServerNames(names, List.copyOf(all))), pods.etcdHosts());
    }

    private static CertificateSettings settings(TenantControlPlane tenant, ApiServerNames names) {
        return new CertificateSettings(
                names,
                tenant.networkProfile().clusterDomain().orElse(CertificateSettings.CLUSTER_DOMAIN),
                tenant.tenantId().orElse(CertificateSettings.ETCD_CLIENT),
                policy(tenant));
    }

    /**
     * Returns how a tenant's keys are made and how long its certificates live.
     *
     * @param tenant the description
     * @return the policy
     */
    public static PkiPolicy policy(TenantControlPlane tenant) {
        PkiProfile profile = tenant.pki();
        return new PkiPolicy(
                profile.keyAlgorithm().orElse(KeyAlgorithm.ECDSA_P256),
                profile.leafValidity().orElse(PkiPolicy.LEAF_VALIDITY),
                profile.authorityValidity().orElse(PkiPolicy.AUTHORITY_VALIDITY));
    }

    /** The loopback address, the API server's own, that of its Service in each family, and what was asked for. */
    private static ApiServerNames apiServerNames(NetworkProfile network) {
        Set<String> addresses = new LinkedHashSet<>(List.of(Blueprint.LOOPBACK.toString()));
        network.address().map(IpAddress::toString).ifPresent(addresses::add);
        for (Cidr range : network.serviceCidrs()) {
            addresses.add(range.address(1).toString());
        }
        List<String> names = new ArrayList<>(List.of("localhost"));
        for (String name : network.certSans().stream().sorted().toList()) {
            if (IpAddress.isValid(name)) {
                addresses.add(IpAddress.parse(name).toString());
            } else {
                names.add(name);
            }
        }
        return new ApiServerNames(names, List.copyOf(addresses));
    }
}
