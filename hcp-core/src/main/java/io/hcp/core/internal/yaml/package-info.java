/** YAML as Kubernetes reads it. Pure. */
@NullMarked
package io.hcp.core.internal.yaml;

import org.jspecify.annotations.NullMarked;
