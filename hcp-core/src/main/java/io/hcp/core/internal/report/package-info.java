/** Pages for people. Pure. */
@NullMarked
package io.hcp.core.internal.report;

import org.jspecify.annotations.NullMarked;
