/** Carries out steps as soon as those they wait for are done. */
@NullMarked
package io.hcp.core.internal.execute;

import org.jspecify.annotations.NullMarked;
