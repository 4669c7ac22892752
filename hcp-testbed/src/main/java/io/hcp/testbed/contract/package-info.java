/**
 * What every implementation of the gateways has to do, as abstract test suites: the imagined machine and the real one pass
 * the same. A subclass says where, with {@link io.hcp.testbed.contract.GatewayContract#tenant}.
 */
@NullMarked
package io.hcp.testbed.contract;

import org.jspecify.annotations.NullMarked;
