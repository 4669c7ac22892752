package io.hcp.core.internal.spec.rules;

import io.hcp.api.model.PkiProfile;
import io.hcp.api.model.ProvidedAuthorities;
import io.hcp.api.model.TenantControlPlane;
import io.hcp.core.internal.spec.form.Problems;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Rules of certificates and keys. */
public final class PkiRules {
    /** The rules. */
    public static final List<Rule> ALL = List.of(PkiRules::validities, PkiRules::secrets);

    private static final String PATH = "spec.pki.";
    private static final Duration LEAST_LEAF = Duration.ofHours(1);
    private static final Duration MOST_LEAF = Duration.ofDays(365);
    private static final Duration LEAST_AUTHORITY = Duration.ofDays(30);
    /** 30 years with their leap days. */
    private static final Duration MOST_AUTHORITY = Duration.ofDays(10_958);

    private PkiRules() {}

    private static void validities(TenantControlPlane tenant, Problems problems) {
        PkiProfile pki = tenant.pki();
        range(pki.leafValidity(), LEAST_LEAF, MOST_LEAF)
                .ifPresent(validity -> problems.add(
                        "ValidityOutOfRange", PATH + "leafValidity", validity, "use 1 hour (1h) to 365 days (8760h)"));
        range(pki.authorityValidity(), LEAST_AUTHORITY, MOST_AUTHORITY)
                .ifPresent(validity -> problems.add(
                        "ValidityOutOfRange",
                        PATH + "authorityValidity",
                        validity,
                        "use 30 days (720h) to 30 years (262992h)"));
        pki.leafValidity()
                .filter(leaf -> pki.authorityValidity()
                        .filter(authority -> leaf.compareTo(authority) >= 0)
                        .isPresent())
                .ifPresent(leaf -> problems.add(
                        "LeafOutlivesAuthority",
                        PATH + "leafValidity",
                        leaf,
                        "use less than authorityValidity: no certificate outlives the one that signed it"));
    }

    /** Finds a duration that is out of range. */
    private static Optional<Duration> range(Optional<Duration> duration, Duration least, Duration most) {
        return duration.filter(value -> value.compareTo(least) < 0 || value.compareTo(most) > 0);
    }

    private static void secrets(TenantControlPlane tenant, Problems problems) {
        ProvidedAuthorities authorities = tenant.pki().authorities();
        Set<String> used = new HashSet<>();
        secret("cluster", authorities.cluster(), used, problems);
        secret("frontProxy", authorities.frontProxy(), used, problems);
        secret("etcd", authorities.etcd(), used, problems);
    }

    private static void secret(String authority, Optional<String> secret, Set<String> used, Problems problems) {
        String path = PATH + "authorities." + authority + ".secretName";
        secret.ifPresent(name -> {
            if (!Names.isSubdomain(name)) {
                problems.add(
                        "SecretNameInvalid",
                        path,
                        name,
                        "use lower-case letters, digits, hyphens and dots, with a letter or digit at both ends");
            }
            if (!used.add(name)) {
                problems.add(
                        "SecretNameDuplicate",
                        path,
                        name,
                        "use an authority of its own: whom one authority trusts, the others must not");
            }
        });
    }
}
