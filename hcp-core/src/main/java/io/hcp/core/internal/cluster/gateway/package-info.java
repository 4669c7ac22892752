/**
 * The only ways to an under cluster: its objects, the right to change those of a tenant, and the tenant's pods. Implemented
 * by a Kubernetes client in {@code fabric}, and in memory in the testbed; both pass the same contract suite.
 *
 * <p>Common to all methods: they block, can be interrupted (kind {@code CANCELLED}), and are thread-safe. What they throw
 * is an {@link io.hcp.api.error.HcpException}; kinds {@code IO} and {@code TIMEOUT} may pass by themselves, and then what
 * was to be written may have been written or not. Every method that changes something takes the {@link
 * io.hcp.core.internal.gateway.Lease} under which it does, and refuses with kind {@code LOCKED} once that is lost.
 */
@NullMarked
package io.hcp.core.internal.cluster.gateway;

import org.jspecify.annotations.NullMarked;
