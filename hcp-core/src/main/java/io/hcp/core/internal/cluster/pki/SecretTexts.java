package io.hcp.core.internal.cluster.pki;

import io.hcp.api.model.Component;
import io.hcp.core.internal.cluster.form.ClusterObject;
import io.hcp.core.internal.cluster.render.ContainerFiles;
import io.hcp.core.internal.cluster.render.TenantNames;
import io.hcp.pki.Authority;
import io.hcp.pki.PkiTexts;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Secrets as the files that they stand for: authorities in Secrets of their own, each leaf in that of the program which
 * shows it, those of etcd's members in one for each, the administrators' certificate in the kubeconfig.
 *
 * @param names the names of the Secrets
 * @param secrets the Secrets that are there, by name
 */
public record SecretTexts(TenantNames names, Map<String, ClusterObject> secrets) implements PkiTexts {
    private static final Pattern MEMBER = Pattern.compile("(etcd/(?:server|peer))-(\\d+)(\\.crt|\\.key)");
    private static final Pattern ADMINISTRATORS = Pattern.compile(PodCertificates.ADMINISTRATORS + "\\.(crt|key)");

    /** Copies the map. */
    public SecretTexts {
        secrets = Map.copyOf(secrets);
    }

    /** A text in a Secret. */
    private record Location(String secret, String key) {}

    /** {@return the names of the Secrets of authorities and of the service accounts' key} */
    public static List<String> authorities(TenantNames names) {
        return Stream.concat(Stream.of(Authority.values()).map(names::authority), Stream.of(names.serviceAccountKey()))
                .toList();
    }

    @Override
    public Optional<String> read(String path) {
        Matcher administrators = ADMINISTRATORS.matcher(path);
        return administrators.matches()
                ? text(names.kubeconfig(), "value").flatMap(value -> embedded(value, administrators.group(1)))
                : location(path).flatMap(found -> text(found.secret(), found.key()));
    }

    @Override
    public String place(String path) {
        String secret = location(path).map(Location::secret).orElse(names.kubeconfig());
        return "Secret " + secret + " in namespace " + names.namespace();
    }

    /**
     * Reads an encryption key.
     *
     * @param name the key's name
     * @return the key as text, a secret; empty if it is missing or damaged
     */
    public Optional<String> encryptionKey(String name) {
        return text(names.encryptionKey(name), "key").filter(SecretTexts::isKey);
    }

    private static boolean isKey(String text) {
        try {
            return Base64.getDecoder().decode(text).length == 32;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private Optional<Location> location(String path) {
        for (Authority authority : Authority.values()) {
            if (path.equals(authority.path() + ".crt") || path.equals(authority.path() + ".key")) {
                return Optional.of(new Location(
                        names.authority(authority), "tls" + path.substring(path.length() - ".crt".length())));
            }
        }
        if (path.equals("sa.pub") || path.equals("sa.key")) {
            return Optional.of(new Location(names.serviceAccountKey(), path.equals("sa.pub") ? "tls.crt" : "tls.key"));
        }
        Matcher member = MEMBER.matcher(path);
        if (member.matches()) {
            String file = member.group(1) + member.group(3);
            return Optional.of(new Location(names.member(Integer.parseInt(member.group(2))), key(file)));
        }
        return Stream.of(Component.KUBE_APISERVER, Component.KUBE_CONTROLLER_MANAGER, Component.KUBE_SCHEDULER)
                .filter(component -> ContainerFiles.pki(component).contains(path))
                .map(component -> new Location(names.files(component), key(path)))
                .findFirst();
    }

    private static String key(String path) {
        return ContainerFiles.key("pki/" + path);
    }

    private Optional<String> text(String secret, String key) {
        return Optional.ofNullable(secrets.get(secret))
                .flatMap(found -> found.text("data", key))
                .flatMap(SecretTexts::decoded);
    }

    private static Optional<String> decoded(String base64) {
        try {
            // Not as UTF-8: what is damaged is to be told by who reads it.
            return Optional.of(new String(Base64.getMimeDecoder().decode(base64), StandardCharsets.ISO_8859_1));
        } catch (IllegalArgumentException e) {
            return Optional.of("");
        }
    }

    private static Optional<String> embedded(String kubeconfig, String what) {
        String field = what.equals("crt") ? "client-certificate-data" : "client-key-data";
        Matcher found = Pattern.compile(field + ": \"([^\"]*)\"").matcher(kubeconfig);
        return found.find() ? decoded(found.group(1)) : Optional.empty();
    }
}
