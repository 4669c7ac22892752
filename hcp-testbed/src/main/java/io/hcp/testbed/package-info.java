/** Real components for tests. */
@NullMarked
package io.hcp.testbed;

import org.jspecify.annotations.NullMarked;
