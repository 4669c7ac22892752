/** The rules of a description, and its text form. Pure. */
@NullMarked
package io.hcp.core.internal.spec;

import org.jspecify.annotations.NullMarked;
