/** What has to be done with a tenant of an under cluster: what is wanted and what was found in, steps out. Pure. */
@NullMarked
package io.hcp.core.internal.cluster.plan;

import org.jspecify.annotations.NullMarked;
