package io.hcp.pki;

import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.List;

/** Looks who signed what. */
final class Chains {
    private Chains() {}

    /** Reads a certificate and those that are served with it, each of which must have signed the one before. */
    static List<X509Certificate> parse(String pem) throws DamagedException {
        List<X509Certificate> chain = Pem.certificates(pem);
        for (int i = 1; i < chain.size(); i++) {
            if (!signed(chain.get(i), chain.get(i - 1))) {
                throw new DamagedException("is followed by one that did not sign it: "
                        + chain.get(i).getSubjectX500Principal());
            }
        }
        return chain;
    }

    /** Tells whether an authority's key signed a certificate in the authority's name. */
    static boolean signed(X509Certificate authority, X509Certificate certificate) {
        if (!certificate.getIssuerX500Principal().equals(authority.getSubjectX500Principal())) {
            return false;
        }
        try {
            certificate.verify(authority.getPublicKey());
            return true;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }
}
