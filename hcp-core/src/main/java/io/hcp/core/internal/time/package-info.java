/** Time, as everything that waits sees it: the system's, or one that tests turn. */
@NullMarked
package io.hcp.core.internal.time;

import org.jspecify.annotations.NullMarked;
