/**
 * Custom resources of the under cluster: their definitions, derived from the tables of fields that descriptions are read
 * and written by, and the roles that go with them. Pure.
 */
@NullMarked
package io.hcp.core.internal.cluster.resource;

import org.jspecify.annotations.NullMarked;
