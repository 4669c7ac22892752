/** Finds or makes the programs of a control plane: on the machine, in the cache, by download, or by building them. */
@NullMarked
package io.hcp.core.internal.component;

import org.jspecify.annotations.NullMarked;
