package io.hcp.testbed.catalog;

import java.security.PublicKey;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Says what a certificate says, as facts. */
public final class CertificateFacts {
    private static final List<String> KEY_USAGES = List.of(
            "digitalSignature",
            "nonRepudiation",
            "keyEncipherment",
            "dataEncipherment",
            "keyAgreement",
            "keyCertSign",
            "cRLSign",
            "encipherOnly",
            "decipherOnly");

    private static final Map<String, String> EXTENDED_KEY_USAGES =
            Map.of("1.3.6.1.5.5.7.3.1", "serverAuth", "1.3.6.1.5.5.7.3.2", "clientAuth");

    private static final int DNS = 2;
    private static final int IP = 7;
    private static final Duration DAY = Duration.ofDays(1);

    private CertificateFacts() {}

    /**
     * Adds the facts of a certificate.
     *
     * @param sheet where to
     * @param section of the sheet
     * @param certificate the certificate
     */
    public static void add(FactSheet sheet, String section, X509Certificate certificate) {
        boolean[] usages = certificate.getKeyUsage() == null ? new boolean[0] : certificate.getKeyUsage();
        sheet.add(section, "subject", certificate.getSubjectX500Principal().getName());
        sheet.add(section, "issuer", certificate.getIssuerX500Principal().getName());
        sheet.add(section, "alternative names", names(certificate));
        sheet.add(
                section,
                "key usage",
                IntStream.range(0, usages.length)
                        .filter(bit -> usages[bit])
                        .mapToObj(KEY_USAGES::get)
                        .collect(Collectors.joining(", ")));
        sheet.add(section, "extended key usage", extendedKeyUsage(certificate));
        sheet.add(section, "authority", Boolean.toString(certificate.getBasicConstraints() >= 0));
        sheet.add(section, "key", key(certificate.getPublicKey()));
        // From when on it is valid differs by minutes: kubeadm takes the authority's beginning.
        Duration validity = Duration.between(
                certificate.getNotBefore().toInstant(),
                certificate.getNotAfter().toInstant());
        sheet.add(section, "days", Long.toString(validity.plus(DAY.dividedBy(2)).toDays()));
    }

    private static String key(PublicKey key) {
        return key instanceof ECPublicKey ec
                ? "EC " + ec.getParams().getCurve().getField().getFieldSize()
                : key.getAlgorithm();
    }

    private static String names(X509Certificate certificate) {
        try {
            Collection<List<?>> names = certificate.getSubjectAlternativeNames();
            return names == null
                    ? ""
                    : names.stream()
                            .map(name -> kind((Integer) name.get(0)) + ":" + name.get(1))
                            .sorted()
                            .collect(Collectors.joining(", "));
        } catch (CertificateParsingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static String kind(int tag) {
        return switch (tag) {
            case DNS -> "DNS";
            case IP -> "IP";
            default -> Integer.toString(tag);
        };
    }

    private static String extendedKeyUsage(X509Certificate certificate) {
        try {
            List<String> usages = certificate.getExtendedKeyUsage();
            return usages == null
                    ? ""
                    : usages.stream()
                            .map(usage -> EXTENDED_KEY_USAGES.getOrDefault(usage, usage))
                            .sorted()
                            .collect(Collectors.joining(", "));
        } catch (CertificateParsingException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
