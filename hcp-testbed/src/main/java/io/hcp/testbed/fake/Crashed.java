package io.hcp.testbed.fake;

/**
 * Stands for the end of a JVM that was killed: nothing that its {@link FakeMachine} is asked or told from now on reaches
 * the world. An error, so that nobody takes it for a failure to handle.
 */
public final class Crashed extends Error {
    private static final long serialVersionUID = 1L;

    Crashed(String machine) {
        super(machine + " was killed", null, false, false);
    }
}
