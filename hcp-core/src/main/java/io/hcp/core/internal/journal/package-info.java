/** How journals are written, wherever they are kept. Pure. */
@NullMarked
package io.hcp.core.internal.journal;

import org.jspecify.annotations.NullMarked;
