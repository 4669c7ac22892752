package io.hcp.core.internal.blueprint;

import io.hcp.api.model.IpAddress;
import io.hcp.pki.Authority;
import java.net.URI;

/**
 * How to ask a component whether it is well, over HTTPS.
 *
 * @param address on which address of this machine
 * @param port at which port
 * @param started the path that answers 200 once the component serves; from then on also its liveness
 * @param ready the path that answers 200 while the component can do its work
 * @param trust the authority that signed its serving certificate, and the client certificate it asks for, if any
 */
public record HealthCheck(IpAddress address, int port, String started, String ready, Authority trust) {
    /**
     * Returns the URL of a path.
     *
     * @param path for example {@link #ready()}
     * @return an https URL
     */
    public URI url(String path) {
        return BlueprintInput.url(address, port).resolve(path);
    }
}
