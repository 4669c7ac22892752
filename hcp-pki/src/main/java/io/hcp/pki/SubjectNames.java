package io.hcp.pki;

import io.hcp.api.error.InvalidSpecException;
import io.hcp.api.error.Problem;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;

/** Checks and encodes the names by which a certificate's holder is reached. */
final class SubjectNames {
    private static final Pattern DNS_NAME =
            Pattern.compile("(?=.{1,253}$)(\\*\\.)?[A-Za-z0-9]([-A-Za-z0-9]*[A-Za-z0-9])?"
                    + "(\\.[A-Za-z0-9]([-A-Za-z0-9]*[A-Za-z0-9])?)*");
    private static final Pattern LOOKS_LIKE_IPV4 = Pattern.compile("[0-9.]+");
    private static final int IPV4_BYTES = 4;
    private static final int IPV6_BYTES = 16;

    private SubjectNames() {}

    /** Returns the names without repetition, in the given order. */
    static List<String> dnsNames(List<String> names) {
        for (String name : names) {
            // An address in a DNS name would be ignored by every client: they look for it among the addresses.
            if (!DNS_NAME.matcher(name).matches()
                    || LOOKS_LIKE_IPV4.matcher(name).matches()) {
                throw new InvalidSpecException(Problem.of(
                        "DnsNameInvalid",
                        "certificate.dnsNames",
                        name,
                        "write a DNS name of at most 253 characters, and addresses into ipAddresses"));
            }
        }
        return List.copyOf(new LinkedHashSet<>(names));
    }

    /** Returns the addresses without repetition, in the given order. */
    static List<String> ipAddresses(List<String> addresses) {
        for (String address : addresses) {
            if (!isIpAddress(address)) {
                throw new InvalidSpecException(Problem.of(
                        "IpAddressInvalid",
                        "certificate.ipAddresses",
                        address,
                        "write an IPv4 or IPv6 address without prefix length and zone, for example 10.0.0.1"));
            }
        }
        return List.copyOf(new LinkedHashSet<>(addresses));
    }

    static GeneralNames encode(List<String> dnsNames, List<String> ipAddresses) {
        return new GeneralNames(Stream.concat(
                        dnsNames.stream().map(name -> new GeneralName(GeneralName.dNSName, name)),
                        ipAddresses.stream().map(address -> new GeneralName(GeneralName.iPAddress, address)))
                .toArray(GeneralName[]::new));
    }

    private static boolean isIpAddress(String address) {
        try {
            // With a prefix length the encoding is twice as long: it would be a name constraint, not a name.
            GeneralName name = new GeneralName(GeneralName.iPAddress, address);
            int length = ASN1OctetString.getInstance(name.getName()).getOctets().length;
            return length == IPV4_BYTES || length == IPV6_BYTES;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
