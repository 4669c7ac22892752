package io.hcp.pki;

import io.hcp.api.error.InvalidSpecException;
import io.hcp.api.error.Problem;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a certificate is to say, before an authority signs it. Immutable and thread-safe.
 *
 * @param commonName the subject's common name; to Kubernetes, the user of a client certificate
 * @param organizations the subject's organizations; to Kubernetes, the user's groups
 * @param usages what the certificate may be used for, at least one
 * @param dnsNames the DNS names of a server, each once
 * @param ipAddresses the IPv4 and IPv6 addresses of a server, each once
 * @param validity how long it is valid from the moment it is issued; more than zero. The authority's own end is never
 *     passed
 */
public record CertificateTemplate(
        String commonName,
        List<String> organizations,
        Set<CertificateUsage> usages,
        List<String> dnsNames,
        List<String> ipAddresses,
        Duration validity) {

    /**
     * Makes a template.
     *
     * @throws InvalidSpecException if a name is blank or malformed, no usage is given, or the validity is not positive
     */
    public CertificateTemplate {
        requireText("certificate.commonName", commonName);
        organizations.forEach(organization -> requireText("certificate.organizations", organization));
        organizations = List.copyOf(organizations);
        if (usages.isEmpty()) {
            throw new InvalidSpecException(
                    Problem.of("CertificateUsageMissing", "certificate.usages", usages, "name at least one usage"));
        }
        // In the order of the enum, so that equal templates give equal certificates and text.
        usages = Collections.unmodifiableSet(EnumSet.copyOf(usages));
        dnsNames = SubjectNames.dnsNames(dnsNames);
        ipAddresses = SubjectNames.ipAddresses(ipAddresses);
        if (validity.isNegative() || validity.isZero()) {
            throw new InvalidSpecException(
                    Problem.of("ValidityInvalid", "certificate.validity", validity, "give a positive duration"));
        }
    }

    /**
     * Describes a client: a user of the API server or of etcd.
     *
     * @param commonName the user
     * @param validity how long the certificate is valid
     * @param groups the user's groups
     * @return a template without names of a server
     */
    public static CertificateTemplate client(String commonName, Duration validity, String... groups) {
        return new CertificateTemplate(
                commonName, List.of(groups), Set.of(CertificateUsage.CLIENT_AUTH), List.of(), List.of(), validity);
    }

    /**
     * Describes a server. Clients know it by DNS name or address only: add at least one.
     *
     * @param commonName the subject's common name, which clients ignore
     * @param validity how long the certificate is valid
     * @return a template without organizations
     */
    public static CertificateTemplate server(String commonName, Duration validity) {
        return new CertificateTemplate(
                commonName, List.of(), Set.of(CertificateUsage.SERVER_AUTH), List.of(), List.of(), validity);
    }

    /**
     * Adds a usage.
     *
     * @param usage what the certificate may be used for, too
     * @return a new template
     */
    public CertificateTemplate withUsage(CertificateUsage usage) {
        EnumSet<CertificateUsage> all = EnumSet.copyOf(usages);
        all.add(usage);
        return new CertificateTemplate(commonName, organizations, all, dnsNames, ipAddresses, validity);
    }

    /**
     * Adds DNS names.
     *
     * @param more names to add to those already there
     * @return a new template
     * @throws InvalidSpecException if one is malformed
     */
    public CertificateTemplate withDnsNames(List<String> more) {
        return new CertificateTemplate(
                commonName, organizations, usages, joined(dnsNames, more), ipAddresses, validity);
    }

    /**
     * Adds DNS names.
     *
     * @param more names to add to those already there
     * @return a new template
     * @throws InvalidSpecException if one is malformed
     */
    public CertificateTemplate withDnsNames(String... more) {
        return withDnsNames(List.of(more));
    }

    /**
     * Adds IP addresses.
     *
     * @param more IPv4 or IPv6 addresses to add to those already there
     * @return a new template
     * @throws InvalidSpecException if one is malformed
     */
    public CertificateTemplate withIpAddresses(List<String> more) {
        return new CertificateTemplate(
                commonName, organizations, usages, dnsNames, joined(ipAddresses, more), validity);
    }

    /**
     * Adds IP addresses.
     *
     * @param more IPv4 or IPv6 addresses to add to those already there
     * @return a new template
     * @throws InvalidSpecException if one is malformed
     */
    public CertificateTemplate withIpAddresses(String... more) {
        return withIpAddresses(List.of(more));
    }

    private static List<String> joined(List<String> some, List<String> more) {
        return Stream.concat(some.stream(), more.stream()).toList();
    }

    private static void requireText(String path, String value) {
        if (value.isBlank()) {
            throw new InvalidSpecException(Problem.of("Required", path, value, "write a name that is not blank"));
        }
    }
}
