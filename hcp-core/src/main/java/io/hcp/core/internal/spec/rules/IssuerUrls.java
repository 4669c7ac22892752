package io.hcp.core.internal.spec.rules;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.regex.Pattern;

/** URLs of issuers: what both Java and Go read, and Kubernetes allows. Pure. */
final class IssuerUrls {
    private static final int MAX_LENGTH = 2_048;
    /** A name, or an IPv6 address in brackets, and perhaps a port. Java takes more for an authority than Go does. */
    private static final Pattern AUTHORITY =
            Pattern.compile("(?:[\\p{L}\\p{N}._~-]++|\\[[0-9A-Fa-f:.]++(?:%25[A-Za-z0-9._~-]++)?\\])(?::[0-9]*+)?");

    private IssuerUrls() {}

    /**
     * Checks a URL.
     *
     * @param text what the user wrote
     * @return what is wrong with it, if anything is
     */
    static Optional<String> fault(String text) {
        if (text.length() > MAX_LENGTH) {
            return Optional.of("it must have at most " + MAX_LENGTH + " characters");
        }
        try {
            return fault(new URI(text));
        } catch (URISyntaxException e) {
            return Optional.of("it is no URL");
        }
    }

    private static Optional<String> fault(URI url) {
        if (!"https".equalsIgnoreCase(url.getScheme())) {
            return Optional.of("its scheme must be https");
        }
        String authority = Optional.ofNullable(url.getRawAuthority()).orElse("");
        if (authority.contains("@")) {
            return Optional.of("it must have no user");
        }
        if (url.getRawQuery() != null) {
            return Optional.of("it must have no query");
        }
        if (url.getRawFragment() != null) {
            return Optional.of("it must have no fragment");
        }
        if (authority.isEmpty()) {
            return Optional.of("it must have a host");
        }
        return AUTHORITY.matcher(authority).matches()
                ? Optional.empty()
                : Optional.of("its host must be a DNS name or an address, and its port a number");
    }
}
