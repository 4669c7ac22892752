/** How threads are made. */
@NullMarked
package io.hcp.core.internal.threads;

import org.jspecify.annotations.NullMarked;
