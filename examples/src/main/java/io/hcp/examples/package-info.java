/** Small complete programs. */
@NullMarked
package io.hcp.examples;

import org.jspecify.annotations.NullMarked;
