/** The rules of a description, by the group that they are about. Pure. */
@NullMarked
package io.hcp.core.internal.spec.rules;

import org.jspecify.annotations.NullMarked;
