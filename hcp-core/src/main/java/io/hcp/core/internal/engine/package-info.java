/** Plans and carries out work on tenants, whatever they run on: one operation per tenant at a time, under its lease. */
@NullMarked
package io.hcp.core.internal.engine;

import org.jspecify.annotations.NullMarked;
