@NullMarked
package io.hcp.testbed.proof;

import org.jspecify.annotations.NullMarked;
