package io.hcp.api;

/**
 * A place where control planes run, given to {@code HostedControlPlanes.on(...)}. The implementations come with this
 * library, for example the in-memory one of its testbed; this type has nothing to implement.
 */
public interface Backend {}
