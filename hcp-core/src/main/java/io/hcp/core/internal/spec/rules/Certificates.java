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
    /** What Go's decoder reads: both marks have lines of their own, which begin with them. */
    private static final Pattern BLOCK = Pattern.compile("(?md)^-----BEGIN CERTIFICATE-----[ \\t]*\\r?\\n"
            + "([A-Za-z0-9+/= \\t\\r\\n]*)"
            + "^-----END CERTIFICATE-----[ \\t]*(?:\\r?\\n|\\z)");
    /** Line ends of old Macintosh computers, or a mark that some editors put before the text: Go reads neither. */
    private static final Pattern STRANGE = Pattern.compile("\\r(?!\\n)|\\A\ufeff");

    private static final int BASE64_GROUP = 4;
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
        while (block.find() && isCertificate(block.group(), block.group(1))) {
            read++;
        }
        if (read == 0 || read != begun || STRANGE.matcher(pem).find()) {
            problems.add(
                    "CertificateInvalid",
                    path,
                    OMITTED,
                    "write certificates as PEM, with nothing but CERTIFICATE blocks, whose first and last lines are"
                            + " neither indented nor joined with others");
        }
    }

    private static boolean isCertificate(String block, String base64) {
        if (base64.replaceAll("\\s", "").length() % BASE64_GROUP != 0) {
            return false;
        }
        try {
            CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(block.getBytes(StandardCharsets.US_ASCII)));
            return true;
        } catch (CertificateException e) {
            return false;
        }
    }
}
