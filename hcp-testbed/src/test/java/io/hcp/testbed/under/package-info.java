@NullMarked
package io.hcp.testbed.under;

import org.jspecify.annotations.NullMarked;
