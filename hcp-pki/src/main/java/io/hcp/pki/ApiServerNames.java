package io.hcp.pki;

import io.hcp.api.error.InvalidSpecException;
import java.util.List;

/**
 * By what names and addresses clients reach a tenant's API server. Immutable and thread-safe.
 *
 * @param dnsNames beside the names of the service {@code kubernetes}, which every API server has; may be empty
 * @param ipAddresses the machine's addresses and the first address of the service range
 */
public record ApiServerNames(List<String> dnsNames, List<String> ipAddresses) {
    /**
     * Makes names.
     *
     * @throws InvalidSpecException if a name or an address is malformed
     */
    public ApiServerNames {
        dnsNames = SubjectNames.dnsNames(dnsNames);
        ipAddresses = SubjectNames.ipAddresses(ipAddresses);
    }
}
