/** What would be done: plans as data and as readable text. */
@NullMarked
package io.hcp.api.plan;

import org.jspecify.annotations.NullMarked;
