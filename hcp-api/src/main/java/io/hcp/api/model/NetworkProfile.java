package io.hcp.api.model;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.hcp.api.error.InvalidSpecException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.immutables.value.Value;

/**
 * Where a control plane is reached, and what addresses its cluster uses. Immutable and thread-safe.
 */
@Value.Immutable
@ModelStyle
public abstract class NetworkProfile implements WithNetworkProfile {
    NetworkProfile() {}

    /**
     * Starts a description.
     *
     * @return a builder, all fields unset
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * How it is exposed.
     *
     * @return unset on the local backend, whose processes need no Service; else unset: {@link ExposureType#LOAD_BALANCER},
     *     chosen at creation
     */
    public abstract Optional<ExposureType> exposure();

    /** {@return the class of the load balancer; default the under cluster's; only with {@code LoadBalancer}} */
    public abstract Optional<String> loadBalancerClass();

    /** {@return the ranges from which the load balancer accepts connections, at most 256; default all; only with {@code LoadBalancer}} */
    public abstract List<Cidr> loadBalancerSourceRanges();

    /** {@return more labels of the Service, none of hcp's own keys; default none; not on the local backend} */
    public abstract Map<String, String> serviceLabels();

    /**
     * More annotations of the Service, which many load balancers read. If one of them asks for an address, as {@code
     * metallb.io/loadBalancerIPs} does, the Service has no {@code loadBalancerIP}: some load balancers refuse one that asks
     * twice. The address must then be {@link #address()}, once that is known.
     *
     * @return none of hcp's own keys; default none; not on the local backend
     */
    public abstract Map<String, String> serviceAnnotations();

    /**
     * The address at which the API server is reached, and which it tells its clients. On the local backend an address of
     * this machine; everything else listens on the loopback address. In an under cluster the address that the Service asks
     * for; with {@code NodePort} that of a node, or of what stands before the nodes.
     *
     * @return unset: chosen at creation, {@code 127.0.0.1} on the local backend; in an under cluster what it
     *     gives
     */
    public abstract Optional<IpAddress> address();

    /**
     * The TCP port of the API server.
     *
     * @return at least 1024 on the local backend; unset: a free port is chosen once and kept for the tenant's life; in an
     *     under cluster 6443, or with {@code NodePort} a port of the nodes that it chooses
     */
    public abstract Optional<Port> port();

    /** {@return more DNS names and addresses of the API server, for its certificate; default none} */
    public abstract Set<String> certSans();

    /**
     * Where the addresses of Services come from: one range, or one of each family for dual stack, the main one first.
     * Cannot be changed.
     *
     * @return lengths 12 to 28 for IPv4, 108 to 124 for IPv6, one more if {@link #dnsServiceIps()} are chosen too; unset:
     *     {@code 10.96.0.0/12}
     */
    public abstract List<Cidr> serviceCidrs();

    /**
     * Where the addresses of pods come from, of the same families as Services in the same order: each node gets a part.
     * Cannot be changed. An empty list is the same as unset, so that there always is a range; a network that chooses
     * addresses itself need not use it.
     *
     * @return unset: {@code 10.244.0.0/16} for IPv4, {@code fd00:10:244::/56} for IPv6
     */
    public abstract List<Cidr> podCidrs();

    /** {@return the DNS domain of the cluster, which cannot be changed; unset: {@code cluster.local}} */
    public abstract Optional<String> clusterDomain();

    /** {@return the addresses of the cluster's DNS Service; unset: the tenth of each Service range} */
    public abstract List<IpAddress> dnsServiceIps();

    /** Builds a {@link NetworkProfile}. Not thread-safe. */
    public static final class Builder extends ImmutableNetworkProfile.Builder {
        Builder() {}

        /**
         * Sets the address from text.
         *
         * @param text for example {@code 192.0.2.1}
         * @return this builder
         * @throws InvalidSpecException if the text is no address
         */
        @CanIgnoreReturnValue
        public Builder address(String text) {
            return address(Texts.one("spec.networkProfile.address", IpAddress::parse, text));
        }

        /**
         * Sets the port from a number.
         *
         * @param number 1 to 65535
         * @return this builder
         * @throws InvalidSpecException if there is no such port
         */
        @CanIgnoreReturnValue
        public Builder port(int number) {
            return port(Texts.one("spec.networkProfile.port", Port::new, number));
        }

        /**
         * Sets the source ranges from text.
         *
         * @param texts for example {@code 203.0.113.0/24}; replaces earlier ones
         * @return this builder
         * @throws InvalidSpecException if a text is none
         */
        @CanIgnoreReturnValue
        public Builder loadBalancerSourceRanges(String... texts) {
            return loadBalancerSourceRanges(
                    Texts.all("spec.networkProfile.loadBalancerSourceRanges", Cidr::parse, texts));
        }

        /**
         * Sets the ranges of Services from text.
         *
         * @param texts for example {@code 10.96.0.0/12}; replaces earlier ones
         * @return this builder
         * @throws InvalidSpecException if a text is none
         */
        @CanIgnoreReturnValue
        public Builder serviceCidrs(String... texts) {
            return serviceCidrs(Texts.all("spec.networkProfile.serviceCidrs", Cidr::parse, texts));
        }

        /**
         * Sets the ranges of pods from text.
         *
         * @param texts for example {@code 10.244.0.0/16}; replaces earlier ones
         * @return this builder
         * @throws InvalidSpecException if a text is none
         */
        @CanIgnoreReturnValue
        public Builder podCidrs(String... texts) {
            return podCidrs(Texts.all("spec.networkProfile.podCidrs", Cidr::parse, texts));
        }

        /**
         * Sets the addresses of the DNS Service from text.
         *
         * @param texts for example {@code 10.96.0.10}; replaces earlier ones
         * @return this builder
         * @throws InvalidSpecException if a text is none
         */
        @CanIgnoreReturnValue
        public Builder dnsServiceIps(String... texts) {
            return dnsServiceIps(Texts.all("spec.networkProfile.dnsServiceIPs", IpAddress::parse, texts));
        }
    }
}
