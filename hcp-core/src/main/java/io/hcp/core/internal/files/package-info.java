/** Files that several processes use at once. */
@NullMarked
package io.hcp.core.internal.files;

import org.jspecify.annotations.NullMarked;
