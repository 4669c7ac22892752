/** What an under cluster makes on its machine, and how it is found and removed. */
@NullMarked
package io.hcp.testbed.under.host;

import org.jspecify.annotations.NullMarked;
