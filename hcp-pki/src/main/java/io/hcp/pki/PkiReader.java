package io.hcp.pki;

import io.hcp.api.error.ErrorKind;
import io.hcp.api.error.HcpException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.X509Certificate;

/**
 * Reads certificates and keys from files. Whatever is wrong with one is an {@link HcpException} of kind
 * {@link ErrorKind#PKI_DAMAGED} that names the file; what only the file system refuses has the kinds of
 * {@link PrivateFiles#failure}.
 */
final class PkiReader {
    private PkiReader() {}

    @FunctionalInterface
    private interface Decoder<T> {
        T decode(String text) throws DamagedException;
    }

    static CertificateAuthority authority(Path certificateFile, Path keyFile) {
        Credential credential = credential(certificateFile, keyFile);
        try {
            CertificateAuthority.requireAuthority(credential.certificate());
        } catch (DamagedException e) {
            throw damaged(certificateFile, e);
        }
        return CertificateAuthority.of(credential);
    }

    static Credential credential(Path certificateFile, Path keyFile) {
        X509Certificate certificate = read(certificateFile, Pem::certificate);
        PrivateKey key = read(keyFile, Pem::privateKey);
        if (!EcKeys.belongTogether(certificate.getPublicKey(), key)) {
            throw mismatched(keyFile, certificateFile);
        }
        return new Credential(certificate, key);
    }

    static ServiceAccountKey serviceAccountKey(Path privateFile, Path publicFile) {
        PrivateKey privateKey = read(privateFile, Pem::privateKey);
        PublicKey publicKey = read(publicFile, Pem::publicKey);
        try {
            return ServiceAccountKey.of(publicKey, privateKey);
        } catch (DamagedException e) {
            throw mismatched(privateFile, publicFile);
        }
    }

    private static <T> T read(Path file, Decoder<T> decoder) {
        try {
            // Not as UTF-8: bytes that are none would be a failure of the file system instead of a damaged file.
            return decoder.decode(Files.readString(file, StandardCharsets.ISO_8859_1));
        } catch (NoSuchFileException e) {
            throw damaged(file, new DamagedException("is missing"));
        } catch (DamagedException e) {
            throw damaged(file, e);
        } catch (IOException e) {
            throw PrivateFiles.failure("read", file, e);
        }
    }

    /** Which of the two is the wrong one cannot be told. */
    private static HcpException mismatched(Path keyFile, Path other) {
        return new DamagedException("does not belong to " + other)
                .in(
                        keyFile.toString(),
                        "restore " + keyFile + " and " + other + " from a backup, or delete the tenant");
    }

    private static HcpException damaged(Path file, DamagedException problem) {
        return problem.in(file.toString(), "restore " + file + " from a backup, or delete the tenant");
    }
}
