package io.hcp.core.internal.blueprint;

import io.hcp.pki.Authority;

/**
 * How to ask a component whether it is well, over HTTPS on the loopback address.
 *
 * @param port where
 * @param started the path that answers 200 once the component serves; from then on also its liveness
 * @param ready the path that answers 200 while the component can do its work
 * @param trust the authority that signed its serving certificate, and the client certificate it asks for, if any
 */
public record HealthCheck(int port, String started, String ready, Authority trust) {}
