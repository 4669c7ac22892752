package io.hcp.api.plan;

import io.hcp.api.error.ErrorKind;
import io.hcp.api.error.HcpException;

/**
 * A precondition of a plan that is not met. A plan with an obstacle cannot be applied; its steps are what would be done
 * without it.
 *
 * @param kind what sort of obstacle it is; also the kind of the exception that applying the plan throws
 * @param problem what stands in the way, on which object
 * @param remedy what the reader can do about it, as a clause
 */
public record Obstacle(ErrorKind kind, String problem, String remedy) {
    /** {@return the exception that says the same} */
    public HcpException asException() {
        return new HcpException(kind, problem, remedy);
    }
}
