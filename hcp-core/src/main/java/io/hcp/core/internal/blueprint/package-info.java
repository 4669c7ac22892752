/** What a tenant's components are: programs, arguments, ports, health checks. Pure. */
@NullMarked
package io.hcp.core.internal.blueprint;

import org.jspecify.annotations.NullMarked;
