package io.hcp.core.internal.cluster.gateway;

import java.util.Set;

/** That this process is there to look after tenants, as others see it. Thread-safe; looking at it waits for nothing. */
public interface Presence extends AutoCloseable {
    /** {@return the name of this process, unlike that of any other} */
    String name();

    /** {@return the names of all processes that are there, this one among them only as long as others count on it} */
    Set<String> instances();

    /** Leaves, so that others need not wait. */
    @Override
    void close();
}
