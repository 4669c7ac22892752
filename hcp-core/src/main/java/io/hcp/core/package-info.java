/** The entry point of the library. */
@NullMarked
package io.hcp.core;

import org.jspecify.annotations.NullMarked;
