package io.hcp.core.internal.gateway;

/**
 * The right to change one tenant. Whoever lost it changes nothing any more, whatever it believes: each gateway looks at
 * the lease when it writes.
 */
public interface Lease extends AutoCloseable {
    /** {@return whose tenant may be changed} */
    String tenant();

    /** {@return true until it is closed, or somebody else has it} */
    boolean isHeld();

    /** Gives the right back. Further calls do nothing. */
    @Override
    void close();
}
