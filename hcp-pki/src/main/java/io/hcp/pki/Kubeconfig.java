package io.hcp.pki;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;

/**
 * Writes kubeconfigs with one cluster, one user and one context, {@code USER@CLUSTER}, which is the current one.
 *
 * @see <a href="https://kubernetes.io/docs/reference/config-api/kubeconfig.v1/">kubeconfig (v1)</a>
 */
public final class Kubeconfig {
    private static final String TEMPLATE = """
            apiVersion: v1
            kind: Config
            clusters:
            - name: %1$s
              cluster:
                server: %2$s
                %3$s
            users:
            - name: %4$s
              user:
                %5$s
                %6$s
            contexts:
            - name: %7$s
              context:
                cluster: %1$s
                user: %4$s
            current-context: %7$s
            """;

    private Kubeconfig() {}

    /**
     * Writes a kubeconfig that contains everything, for people and programs elsewhere. The user is called by the common
     * name of the certificate.
     *
     * @param name what the cluster is called
     * @param server where the API server is, for example {@code https://203.0.113.7:6443}
     * @param caPem the certificates that the server's chain may end in, as PEM
     * @param client the user's certificate and key
     * @return YAML; a secret, since the key is in it
     */
    public static String embedded(String name, URI server, String caPem, Credential client) {
        String user = X509Names.commonName(client.certificate());
        return TEMPLATE.formatted(
                quoted(name),
                quoted(server.toString()),
                data("certificate-authority", caPem),
                quoted(user),
                data("client-certificate", client.certificatePem()),
                data("client-key", client.keyPem()),
                quoted(user + "@" + name));
    }

    /**
     * Writes a kubeconfig that refers to files, for components on the same machine: client-go reads a renewed
     * certificate without a restart. The user is called like the cluster.
     *
     * @param name what the cluster and the user are called
     * @param server where the API server is
     * @param caFile the certificates that the server's chain may end in; written as an absolute path
     * @param clientCertificateFile the user's certificate; written as an absolute path
     * @param clientKeyFile the user's key; written as an absolute path
     * @return YAML; no secret
     */
    public static String referencing(
            String name, URI server, Path caFile, Path clientCertificateFile, Path clientKeyFile) {
        return TEMPLATE.formatted(
                quoted(name),
                quoted(server.toString()),
                file("certificate-authority", caFile),
                quoted(name),
                file("client-certificate", clientCertificateFile),
                file("client-key", clientKeyFile),
                quoted(name + "@" + name));
    }

    private static String data(String field, String pem) {
        return field + "-data: " + quoted(Base64.getEncoder().encodeToString(pem.getBytes(StandardCharsets.UTF_8)));
    }

    private static String file(String field, Path file) {
        return field + ": " + quoted(file.toAbsolutePath().normalize().toString());
    }

    /** Quotes a string as JSON does, which YAML reads the same way. */
    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        text.codePoints().forEach(point -> {
            if (point == '"' || point == '\\') {
                quoted.append('\\').appendCodePoint(point);
            } else if (isPlain(point)) {
                quoted.appendCodePoint(point);
            } else {
                quoted.append("\\u%04x".formatted(point));
            }
        });
        return quoted.append('"').toString();
    }

    /** Tells whether YAML takes a character for itself: no control, line separator or byte order mark. */
    private static boolean isPlain(int point) {
        int type = Character.getType(point);
        return point > Character.MAX_VALUE
                || (type != Character.CONTROL
                        && type != Character.LINE_SEPARATOR
                        && type != Character.PARAGRAPH_SEPARATOR
                        && type != Character.FORMAT
                        && type != Character.UNASSIGNED);
    }
}
