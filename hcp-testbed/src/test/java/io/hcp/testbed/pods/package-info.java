/** Tenants whose control planes are pods of a real under cluster. */
@NullMarked
package io.hcp.testbed.pods;

import org.jspecify.annotations.NullMarked;
