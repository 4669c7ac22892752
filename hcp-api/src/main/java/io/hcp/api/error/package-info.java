/** What can go wrong: unchecked exceptions that carry data and a remedy. */
@NullMarked
package io.hcp.api.error;

import org.jspecify.annotations.NullMarked;
