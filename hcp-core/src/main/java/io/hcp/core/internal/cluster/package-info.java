/** Tenants whose components are pods of an under cluster: how they are observed, planned for, and changed. */
@NullMarked
package io.hcp.core.internal.cluster;

import org.jspecify.annotations.NullMarked;
