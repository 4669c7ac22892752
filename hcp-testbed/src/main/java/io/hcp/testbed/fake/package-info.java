/**
 * An imagined machine on which tenants' control planes run in memory: with a time that tests turn, faults, crashes, stale
 * views and drift. It passes the same contract suites as a real one.
 *
 * <p>A {@link io.hcp.testbed.fake.FakeWorld} is what outlives a JVM; a {@link io.hcp.testbed.fake.FakeMachine} is one
 * JVM's way to it. Several of them may live on one world at the same time, or one after the other's crash.
 */
@NullMarked
package io.hcp.testbed.fake;

import org.jspecify.annotations.NullMarked;
