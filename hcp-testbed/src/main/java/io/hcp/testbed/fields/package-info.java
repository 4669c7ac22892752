/** One change of each field of a description, for tests of what changing it does. */
@NullMarked
package io.hcp.testbed.fields;

import org.jspecify.annotations.NullMarked;
