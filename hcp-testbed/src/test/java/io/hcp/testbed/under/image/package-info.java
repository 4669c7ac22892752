@NullMarked
package io.hcp.testbed.under.image;

import org.jspecify.annotations.NullMarked;
