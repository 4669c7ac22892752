/** A tenant's certificates and keys in Secrets. Pure. */
@NullMarked
package io.hcp.core.internal.cluster.pki;

import org.jspecify.annotations.NullMarked;
