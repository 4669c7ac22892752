/** The local backend: control planes as supervised processes of this machine. */
@NullMarked
package io.hcp.core.internal.local;

import org.jspecify.annotations.NullMarked;
