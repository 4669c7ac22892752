/** What makes a node: network namespace, cgroup, files, processes. */
@NullMarked
package io.hcp.testbed.under.node;

import org.jspecify.annotations.NullMarked;
