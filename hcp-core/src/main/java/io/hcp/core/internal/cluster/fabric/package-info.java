/** The under cluster, reached by the embedder's client. */
@NullMarked
package io.hcp.core.internal.cluster.fabric;

import org.jspecify.annotations.NullMarked;
