package io.hcp.core.internal.cluster.render;

import io.hcp.api.error.InvalidSpecException;
import io.hcp.api.model.IpAddress;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Tells whether annotations of a Service ask for an address. What gives addresses has an annotation of its own for that,
 * such as {@code metallb.io/loadBalancerIPs} or {@code lbipam.cilium.io/ips}, and may refuse a Service that asks twice.
 * All of these are called after addresses, and hold nothing but addresses.
 */
final class RequestedAddress {
    private static final Pattern NAME = Pattern.compile("ip|address");
    private static final Pattern SEPARATOR = Pattern.compile("[\\s,\\[\\]\"]+");

    private RequestedAddress() {}

    static boolean isIn(Map<String, String> annotations) {
        return annotations.entrySet().stream()
                .anyMatch(annotation -> isName(annotation.getKey()) && isAddresses(annotation.getValue()));
    }

    private static boolean isName(String key) {
        String name = key.substring(key.indexOf('/') + 1).toLowerCase(Locale.ROOT);
        return NAME.matcher(name).find();
    }

    /** One address, several with commas between them, or a list in JSON. */
    private static boolean isAddresses(String value) {
        List<String> parts = Stream.of(SEPARATOR.split(value, -1))
                .filter(part -> !part.isEmpty())
                .toList();
        return !parts.isEmpty() && parts.stream().allMatch(RequestedAddress::isAddress);
    }

    private static boolean isAddress(String text) {
        try {
            IpAddress unused = IpAddress.parse(text);
            return true;
        } catch (InvalidSpecException e) {
            return false;
        }
    }
}
