/** Handles: what a platform holds while it works with its tenants' control planes. */
@NullMarked
package io.hcp.api;

import org.jspecify.annotations.NullMarked;
