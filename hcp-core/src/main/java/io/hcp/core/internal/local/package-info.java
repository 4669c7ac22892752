/**
 * This machine behind the gateways: tenants' files in a data directory, their components as supervised processes. {@link
 * io.hcp.core.internal.local.LocalMachine} puts the rest together.
 */
@NullMarked
package io.hcp.core.internal.local;

import org.jspecify.annotations.NullMarked;
