/** Tenants whose components are processes of one machine: how they are observed, planned for, and changed. */
@NullMarked
package io.hcp.core.internal.machine;

import org.jspecify.annotations.NullMarked;
