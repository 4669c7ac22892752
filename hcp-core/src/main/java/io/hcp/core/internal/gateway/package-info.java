/**
 * The only ways to the world outside: what a machine that runs tenants' components can be asked and told. Implemented by
 * this machine in {@code local}, and by an imagined one in the testbed; both pass the same contract suites.
 *
 * <p>Common to all methods: they block, can be interrupted (kind {@code CANCELLED}), and are thread-safe. What they throw
 * is an {@link io.hcp.api.error.HcpException}; kinds {@code IO}, {@code TIMEOUT} and {@code TENANT_API} may pass by
 * themselves, and then what was to be written may have been written or not. Every method that changes something takes the
 * {@link io.hcp.core.internal.gateway.Lease} under which it does, and refuses with kind {@code LOCKED} once that is lost. It is atomic
 * unless it says otherwise, and idempotent: told again, it changes nothing.
 */
@NullMarked
package io.hcp.core.internal.gateway;

import org.jspecify.annotations.NullMarked;
