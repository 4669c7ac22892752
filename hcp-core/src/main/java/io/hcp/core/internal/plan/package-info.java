/** What has to be done: blueprint and observation in, steps out. Pure. */
@NullMarked
package io.hcp.core.internal.plan;

import org.jspecify.annotations.NullMarked;
