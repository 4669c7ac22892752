/** Container images, made from static binaries without a registry. */
@NullMarked
package io.hcp.testbed.under.image;

import org.jspecify.annotations.NullMarked;
