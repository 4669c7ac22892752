package io.hcp.pki;

/** What a certificate may be used for: its extended key usage. */
public enum CertificateUsage {
    /** To prove who a TLS server is. */
    SERVER_AUTH,
    /** To prove who a TLS client is. */
    CLIENT_AUTH
}
