/**
 * What control planes use of the machines they run on, and what they do with it: snapshots over a span of time. All types are
 * immutable and thread-safe. CPU is in cores, memory and data in bytes, rates are per second.
 */
@NullMarked
package io.hcp.api.usage;

import org.jspecify.annotations.NullMarked;
