package io.hcp.api.model;

import io.hcp.api.error.InvalidSpecException;
import io.hcp.api.error.Problem;

/**
 * A TCP port.
 *
 * @param number 1 to 65535
 */
public record Port(int number) implements Comparable<Port> {
    private static final int LAST = 65_535;

    /**
     * Makes a port.
     *
     * @throws InvalidSpecException with code {@code PortOutOfRange} if there is no such port
     */
    public Port {
        if (number < 1 || number > LAST) {
            throw new InvalidSpecException(Problem.of("PortOutOfRange", "", number, "use a port from 1 to " + LAST));
        }
    }

    @Override
    public int compareTo(Port other) {
        return Integer.compare(number, other.number);
    }

    /** Returns the number. */
    @Override
    public String toString() {
        return Integer.toString(number);
    }
}
