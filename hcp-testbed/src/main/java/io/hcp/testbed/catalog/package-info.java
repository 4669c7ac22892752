/** Makes the data of the release catalog, and texts of what kubeadm does, from the real programs of each minor. */
@NullMarked
package io.hcp.testbed.catalog;

import org.jspecify.annotations.NullMarked;
