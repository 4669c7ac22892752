package io.hcp.pki;

import io.hcp.api.error.ErrorKind;
import java.io.IOException;
import java.security.PublicKey;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.bouncycastle.pkcs.PKCSException;

/** Takes the public key out of a certificate request (PKCS #10), and nothing else. */
final class CertificateRequest {
    private CertificateRequest() {}

    /** Returns the key, which is strong, and which the writer of the request has the private half of. */
    static PublicKey publicKey(String pem) {
        try {
            PKCS10CertificationRequest request = read(Pem.certificateRequest(pem));
            PublicKey key = Keys.publicKey(request.getSubjectPublicKeyInfo().getEncoded());
            KeyStrength.require(key);
            if (!isSignedBy(key, request)) {
                throw new DamagedException("is not signed with the private half of the key in it");
            }
            return key;
        } catch (DamagedException e) {
            throw e.as(ErrorKind.INVALID_SPEC, "the certificate request", "make a new request with its own key");
        } catch (IOException e) {
            throw new IllegalStateException("the key of the certificate request has no encoding", e);
        }
    }

    private static PKCS10CertificationRequest read(byte[] der) throws DamagedException {
        try {
            return new PKCS10CertificationRequest(der);
        } catch (IOException | IllegalArgumentException | ClassCastException e) {
            throw new DamagedException("is not readable as PKCS #10");
        }
    }

    private static boolean isSignedBy(PublicKey key, PKCS10CertificationRequest request) {
        try {
            return request.isSignatureValid(new JcaContentVerifierProviderBuilder().build(key));
        } catch (PKCSException | OperatorCreationException e) {
            return false; // a signature algorithm that no provider knows, or that is none of the key's
        }
    }
}
