package io.hcp.core.internal.spec.rules;

import io.hcp.core.internal.spec.form.Problems;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Rules of certificates in a description. Their text is never repeated. */
final class Certificates {
    private static final Pattern BEGIN = Pattern.compile("-----BEGIN ([^-]*)-----");
    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN CERTIFICATE-----\\s([A-Za-z0-9+/=\\s]*)-----END CERTIFICATE-----");
    private static final String OMITTED = "(omitted)";

    private Certificates() {}

    static void check(String pem, String path, Problems problems) {
        if (pem.contains("PRIVATE KEY")) {
            problems.add(
                    "PrivateKeyInSpec",
                    path,
                    OMITTED,
                    "leave the private key out, and replace it: who can read descriptions knows it now");
            return;
        }
        int begun = 0;
        Matcher begin = BEGIN.matcher(pem);
        while (begin.find()) {
            begun++;
        }
        int read = 0;
        Matcher block = BLOCK.matcher(pem);
        while (block.find() && isCertificate(block.group())) {
            read++;
        }
        if (read == 0 || read != begun) {
            problems.add(
                    "CertificateInvalid",
                    path,
                    OMITTED,
                    "write certificates as PEM, with nothing but CERTIFICATE blocks");
        }
    }

    private static boolean isCertificate(String block) {
        try {
            CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(block.getBytes(StandardCharsets.US_ASCII)));
            return true;
        } catch (CertificateException e) {
            return false;
        }
    }
}
