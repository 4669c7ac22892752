package io.hcp.pki;

import io.hcp.api.error.InvalidSpecException;
import io.hcp.api.error.Problem;
import io.hcp.api.model.KeyAlgorithm;
import java.util.Arrays;
import java.util.regex.Pattern;

/**
 * One certificate that a tenant needs: where it is kept, who signs it, what it says. Immutable and thread-safe.
 *
 * @param path a relative path without the suffixes {@code .crt} and {@code .key}, for example {@code etcd/server}; none
 *     of an authority's or the service-account key's
 * @param issuer the authority that signs it
 * @param template what it says
 * @param algorithm of its key
 */
public record LeafDefinition(String path, Authority issuer, CertificateTemplate template, KeyAlgorithm algorithm) {
    private static final Pattern PATH = Pattern.compile("[a-z0-9][-a-z0-9]*(/[a-z0-9][-a-z0-9]*)?");

    /**
     * Makes a definition.
     *
     * @throws InvalidSpecException if the path is malformed or taken
     */
    public LeafDefinition {
        requireLeafPath(path);
    }

    /** Refuses what would leave the directory, or replace what must never be made anew. */
    static void requireLeafPath(String path) {
        boolean taken = isOf(PkiPaths.SERVICE_ACCOUNT, path)
                || Arrays.stream(Authority.values()).anyMatch(authority -> isOf(authority.path(), path));
        if (taken || !PATH.matcher(path).matches()) {
            throw new InvalidSpecException(Problem.of(
                    "LeafPathInvalid",
                    "leaf.path",
                    path,
                    "write NAME or DIRECTORY/NAME in lower case, none of an authority or the service-account key"));
        }
    }

    /** Tells whether a path is an authority's, one of its generations' or its trust bundle's. */
    private static boolean isOf(String root, String path) {
        return path.startsWith(root) && path.substring(root.length()).matches("|-[0-9]+|-bundle");
    }
}
