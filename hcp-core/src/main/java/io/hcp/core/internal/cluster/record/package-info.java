/** What is kept of a tenant in its own object in the under cluster, and how. Pure. */
@NullMarked
package io.hcp.core.internal.cluster.record;

import org.jspecify.annotations.NullMarked;
