/** Measurements, each as a ratio to a floor or a peer in the same run. */
@NullMarked
package io.hcp.testbed.bench;

import org.jspecify.annotations.NullMarked;
