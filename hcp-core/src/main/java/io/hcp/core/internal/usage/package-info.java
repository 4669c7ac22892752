/**
 * What control planes use, worked out from counters that were read twice. Pure: who reads counters is elsewhere, and hands
 * over samples.
 */
@NullMarked
package io.hcp.core.internal.usage;

import org.jspecify.annotations.NullMarked;
