/** What tenants use, as meters of Micrometer. */
@NullMarked
package io.hcp.micrometer;

import org.jspecify.annotations.NullMarked;
