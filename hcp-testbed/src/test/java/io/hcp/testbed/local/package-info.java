@NullMarked
package io.hcp.testbed.local;

import org.jspecify.annotations.NullMarked;
