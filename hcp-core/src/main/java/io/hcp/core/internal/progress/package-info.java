/** Tells listeners what is going on. */
@NullMarked
package io.hcp.core.internal.progress;

import org.jspecify.annotations.NullMarked;
