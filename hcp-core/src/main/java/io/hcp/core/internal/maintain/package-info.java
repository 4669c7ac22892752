/**
 * Looks after all tenants of a backend without being asked: who is looked at when, by which of several instances, and how
 * often again after a failure. What is done is done by the engine, under each tenant's lease.
 */
@NullMarked
package io.hcp.core.internal.maintain;

import org.jspecify.annotations.NullMarked;
