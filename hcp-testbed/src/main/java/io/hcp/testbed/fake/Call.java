package io.hcp.testbed.fake;

/**
 * One call of a gateway.
 *
 * @param number counts the calls of a {@link FakeMachine}, from 1
 * @param name gateway and method, for example {@code records.write}
 * @param occurrence counts the calls of this name, from 1
 * @param tenant the tenant's name; empty if the call is about none
 * @param write true if it is to change something
 */
public record Call(long number, String name, long occurrence, String tenant, boolean write) {}
