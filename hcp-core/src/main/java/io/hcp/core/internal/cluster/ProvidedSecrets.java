package io.hcp.core.internal.cluster;

import io.hcp.api.error.ErrorKind;
import io.hcp.api.error.HcpException;
import io.hcp.api.model.ProvidedAuthorities;
import io.hcp.api.model.TenantControlPlane;
import io.hcp.core.internal.cluster.form.ClusterObject;
import io.hcp.core.internal.cluster.form.Kind;
import io.hcp.core.internal.cluster.gateway.UnderCluster;
import io.hcp.core.internal.time.Time;
import io.hcp.pki.Authority;
import io.hcp.pki.ProvidedAuthority;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** Authorities that the user brings, as Secrets in the tenant's namespace. */
record ProvidedSecrets(UnderCluster cluster, Time time) {
    /** Throws if one that the description names is not there, or cannot be used. */
    void require(TenantControlPlane tenant) {
        Map<Authority, ProvidedAuthority> unused = read(tenant);
    }

    Map<Authority, ProvidedAuthority> read(TenantControlPlane tenant) {
        ProvidedAuthorities names = tenant.pki().authorities();
        Map<Authority, ProvidedAuthority> provided = new EnumMap<>(Authority.class);
        names.cluster().ifPresent(name -> provided.put(Authority.CLUSTER, read(name)));
        names.frontProxy().ifPresent(name -> provided.put(Authority.FRONT_PROXY, read(name)));
        names.etcd().ifPresent(name -> provided.put(Authority.ETCD, read(name)));
        return provided;
    }

    private ProvidedAuthority read(String name) {
        ClusterObject secret = cluster.objects()
                .get(Kind.SECRET, name)
                .orElseThrow(() -> new HcpException(
                        ErrorKind.IO,
                        "Secret %s with an authority is not in %s".formatted(name, cluster.name()),
                        "create it with tls.crt and tls.key, or name another one"));
        return ProvidedAuthority.parse(
                "Secret " + name, text(secret, "tls.crt"), text(secret, "tls.key"), time.clock());
    }

    private static String text(ClusterObject secret, String key) {
        String encoded = secret.text("data", key).orElse("");
        return new String(Base64.getMimeDecoder().decode(encoded), StandardCharsets.ISO_8859_1);
    }

    /** Tells whether any is named. */
    static boolean areNamed(TenantControlPlane tenant) {
        ProvidedAuthorities names = tenant.pki().authorities();
        return Optional.<String>empty()
                .or(names::cluster)
                .or(names::frontProxy)
                .or(names::etcd)
                .isPresent();
    }
}
