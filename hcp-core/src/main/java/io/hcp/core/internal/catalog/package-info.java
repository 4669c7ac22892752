/** What each Kubernetes minor is made of: flags, feature gates, admission plugins, forms of configuration. Pure. */
@NullMarked
package io.hcp.core.internal.catalog;

import org.jspecify.annotations.NullMarked;
