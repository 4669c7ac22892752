/** What the library needs in the under cluster once, planned and made by its own interface to the cluster. */
@NullMarked
package io.hcp.core.internal.cluster.install;

import org.jspecify.annotations.NullMarked;
