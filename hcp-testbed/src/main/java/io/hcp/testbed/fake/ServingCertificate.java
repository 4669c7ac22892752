package io.hcp.testbed.fake;

import io.hcp.core.internal.blueprint.PodTopology;
import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Base64;

/**
 * Where the certificate is kept that a program in a pod of a tenant shows.
 *
 * @param secret the name of the Secret
 * @param key the key in it
 */
public record ServingCertificate(String secret, String key) {
    /**
     * Finds it.
     *
     * @param tenant the tenant's name
     * @param pod the pod's name
     * @param port where the program listens
     * @return where it is
     */
    public static ServingCertificate of(String tenant, String pod, int port) {
        if (port == PodTopology.PORTS.apiServer()) {
            return new ServingCertificate(tenant + "-apiserver", "pki.apiserver.crt");
        } else if (port == PodTopology.PORTS.controllerManager()) {
            return new ServingCertificate(tenant + "-controller-manager", "pki.controller-manager-server.crt");
        } else if (port == PodTopology.PORTS.scheduler()) {
            return new ServingCertificate(tenant + "-scheduler", "pki.scheduler-server.crt");
        } else if (port == PodTopology.PORTS.etcdPeer()) {
            return new ServingCertificate(pod, "pki.etcd.peer.crt");
        }
        return new ServingCertificate(pod, "pki.etcd.server.crt");
    }

    /**
     * Reads a certificate as Secrets keep it.
     *
     * @param encoded PEM in Base64
     * @return the certificate
     */
    public static X509Certificate parse(String encoded) {
        try {
            byte[] pem = Base64.getDecoder().decode(encoded);
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(pem));
        } catch (CertificateException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Reads the serial number of a certificate as Secrets keep it.
     *
     * @param encoded PEM in Base64
     * @return in hexadecimal digits
     */
    public static String serial(String encoded) {
        return parse(encoded).getSerialNumber().toString(16);
    }
}
