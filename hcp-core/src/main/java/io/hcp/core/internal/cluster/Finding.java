package io.hcp.core.internal.cluster;

/**
 * Why something is not as it should be.
 *
 * @param reason as one word for programs, for example {@code ImageUnavailable}
 * @param problem what is wrong, for people
 * @param remedy what to do about it
 */
record Finding(String reason, String problem, String remedy) {
    String message() {
        return problem + ". Remedy: " + remedy;
    }
}
