/** Tenants that are looked after, on a real API server with stand-ins for nodes. */
@NullMarked
package io.hcp.testbed.maintain;

import org.jspecify.annotations.NullMarked;
