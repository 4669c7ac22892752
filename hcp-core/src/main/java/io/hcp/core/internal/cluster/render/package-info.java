/** A tenant as objects of an under cluster. Pure. */
@NullMarked
package io.hcp.core.internal.cluster.render;

import org.jspecify.annotations.NullMarked;
