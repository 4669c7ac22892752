/** What a user writes: immutable descriptions of the wanted state. */
@NullMarked
package io.hcp.api.model;

import org.jspecify.annotations.NullMarked;
