/** What is going on: progress snapshots and listeners. */
@NullMarked
package io.hcp.api.progress;

import org.jspecify.annotations.NullMarked;
