/** Objects of an under cluster as trees. Pure. */
@NullMarked
package io.hcp.core.internal.cluster.form;

import org.jspecify.annotations.NullMarked;
