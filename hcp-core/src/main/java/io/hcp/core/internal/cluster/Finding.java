package io.hcp.core.internal.cluster;

import io.hcp.api.error.HcpException;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Why something is not as it should be.
 *
 * @param reason as one word for programs, for example {@code ImageUnavailable}
 * @param problem what is wrong, for people
 * @param remedy what to do about it
 * @param outage whether the tenant's API is not served as long as it is so
 */
record Finding(String reason, String problem, String remedy, boolean outage) {
    /** Something that others make up for. */
    Finding(String reason, String problem, String remedy) {
        this(reason, problem, remedy, false);
    }

    Finding asOutage() {
        return new Finding(reason, problem, remedy, true);
    }

    /** What an exception says, with its kind as reason: {@code INVALID_SPEC} is {@code InvalidSpec}. */
    static Finding of(HcpException failure) {
        String reason = Arrays.stream(failure.kind().name().split("_", -1))
                .map(word -> word.charAt(0) + word.substring(1).toLowerCase(Locale.ROOT))
                .collect(Collectors.joining());
        String problem = String.valueOf(failure.getMessage()).replace(". Remedy: " + failure.remedy(), "");
        return new Finding(reason, problem, failure.remedy());
    }

    String message() {
        return problem + ". Remedy: " + remedy;
    }
}
