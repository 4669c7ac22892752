/** How this library speaks with the components of one tenant, wherever they run. */
@NullMarked
package io.hcp.core.internal.tenant;

import org.jspecify.annotations.NullMarked;
