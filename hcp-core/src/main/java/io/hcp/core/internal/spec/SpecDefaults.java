package io.hcp.core.internal.spec;

import io.hcp.api.model.Cidr;
import io.hcp.api.model.EtcdProfile;
import io.hcp.api.model.IpAddress;
import io.hcp.api.model.KeyAlgorithm;
import io.hcp.api.model.NetworkProfile;
import io.hcp.api.model.PkiProfile;
import io.hcp.api.model.StorageProfile;
import io.hcp.api.model.TenantControlPlane;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Chooses what a description leaves open. Pure. */
public final class SpecDefaults {
    private static final Cidr SERVICES = Cidr.parse("10.96.0.0/12");
    private static final Cidr PODS_IPV4 = Cidr.parse("10.244.0.0/16");
    private static final Cidr PODS_IPV6 = Cidr.parse("fd00:10:244::/56");
    private static final String CLUSTER_DOMAIN = "cluster.local";
    private static final Duration LEAF_VALIDITY = Duration.ofDays(365);
    private static final Duration AUTHORITY_VALIDITY = Duration.ofDays(3650);

    /** Where the address of DNS is in a range, and how many bits a range needs to have it. */
    private static final int DNS_INDEX = 10;

    private static final int DNS_HOST_BITS = 4;

    private SpecDefaults() {}

    /**
     * Fills in what is unset and has a default: with what the tenant has, if it exists, so that a newer library or another
     * set of defaults changes no tenant; else with the default. The tenant's id and address have no default here, and the
     * port is not part of it, since it is chosen for the machine and recorded apart.
     *
     * @param wanted what the user wrote, valid or not
     * @param stored the tenant's present description, if it exists
     * @return the completed description; completing it again changes nothing
     */
    public static TenantControlPlane resolve(TenantControlPlane wanted, Optional<TenantControlPlane> stored) {
        TenantControlPlane completed = wanted.withControlPlane(profile -> profile.replicas(wanted.controlPlane()
                        .replicas()
                        .orElseGet(
                                () -> stored.map(tenant -> tenant.controlPlane().replicas())
                                        .orElse(OptionalInt.empty())
                                        .orElse(1))))
                .withNetworkProfile(network(wanted.networkProfile(), stored.map(TenantControlPlane::networkProfile)))
                .withDataStore(wanted.dataStore()
                        .withEtcd(etcd(
                                wanted.dataStore().etcd(),
                                stored.map(tenant -> tenant.dataStore().etcd()))))
                .withPki(pki(wanted.pki(), stored.map(TenantControlPlane::pki)));
        return completed.withTenantId(wanted.tenantId().or(() -> stored.flatMap(TenantControlPlane::tenantId)));
    }

    private static NetworkProfile network(NetworkProfile wanted, Optional<NetworkProfile> stored) {
        List<Cidr> services = orStored(wanted.serviceCidrs(), stored.map(NetworkProfile::serviceCidrs));
        List<Cidr> serviceCidrs = services.isEmpty() ? List.of(SERVICES) : services;
        List<Cidr> pods = orStored(wanted.podCidrs(), stored.map(NetworkProfile::podCidrs));
        // Addresses of DNS go with the ranges that they are in.
        Optional<List<IpAddress>> storedDns = stored.filter(
                        network -> network.serviceCidrs().equals(serviceCidrs))
                .map(NetworkProfile::dnsServiceIps);
        List<IpAddress> dns = orStored(wanted.dnsServiceIps(), storedDns);
        return wanted.withAddress(wanted.address().or(() -> stored.flatMap(NetworkProfile::address)))
                .withServiceCidrs(serviceCidrs)
                .withPodCidrs(pods.isEmpty() ? podsBeside(serviceCidrs) : pods)
                .withClusterDomain(wanted.clusterDomain()
                        .or(() -> stored.flatMap(NetworkProfile::clusterDomain))
                        .orElse(CLUSTER_DOMAIN))
                .withDnsServiceIps(dns.isEmpty() ? dnsIn(serviceCidrs) : dns);
    }

    private static <T> List<T> orStored(List<T> wanted, Optional<List<T>> stored) {
        return wanted.isEmpty() ? stored.orElse(List.of()) : wanted;
    }

    private static List<Cidr> podsBeside(List<Cidr> services) {
        return services.stream()
                .map(range -> range.isIpv4() ? PODS_IPV4 : PODS_IPV6)
                .distinct()
                .toList();
    }

    /** One address of each family, as long as a range has room for it. */
    private static List<IpAddress> dnsIn(List<Cidr> services) {
        List<IpAddress> addresses = new ArrayList<>();
        for (Cidr range : services) {
            boolean another = addresses.stream().anyMatch(address -> address.isIpv4() == range.isIpv4());
            if (!another && range.hostBits() >= DNS_HOST_BITS) {
                addresses.add(range.address(DNS_INDEX));
            }
        }
        return addresses;
    }

    /** Members and volumes are chosen by the backend that has them, and kept. */
    private static EtcdProfile etcd(EtcdProfile wanted, Optional<EtcdProfile> stored) {
        StorageProfile storage = wanted.storage();
        return wanted.withMembers(
                        wanted.members().isPresent()
                                ? wanted.members()
                                : stored.map(EtcdProfile::members).orElse(OptionalInt.empty()))
                .withStorage(storage.withSize(storage.size()
                                .or(() -> stored.flatMap(etcd -> etcd.storage().size())))
                        .withStorageClassName(storage.storageClassName()
                                .or(() -> stored.flatMap(etcd -> etcd.storage().storageClassName()))));
    }

    private static PkiProfile pki(PkiProfile wanted, Optional<PkiProfile> stored) {
        return wanted.withKeyAlgorithm(wanted.keyAlgorithm()
                        .or(() -> stored.flatMap(PkiProfile::keyAlgorithm))
                        .orElse(KeyAlgorithm.ECDSA_P256))
                .withLeafValidity(wanted.leafValidity()
                        .or(() -> stored.flatMap(PkiProfile::leafValidity))
                        .orElse(LEAF_VALIDITY))
                .withAuthorityValidity(wanted.authorityValidity()
                        .or(() -> stored.flatMap(PkiProfile::authorityValidity))
                        .orElse(AUTHORITY_VALIDITY));
    }
}
