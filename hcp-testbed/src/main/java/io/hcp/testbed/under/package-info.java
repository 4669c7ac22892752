/** A real Kubernetes cluster on this one machine: nodes with kubelet, containerd and a network of their own. */
@NullMarked
package io.hcp.testbed.under;

import org.jspecify.annotations.NullMarked;
