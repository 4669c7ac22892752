package io.hcp.testbed.maintain;

import java.util.Locale;

/** What can be wrong on the way to an API server, one class of it at a time. */
enum Trouble {
    NONE,

    /** Requests are refused with 429, and are not carried out. */
    TOO_MANY_REQUESTS,

    /** Requests are answered with 500, and are not carried out. */
    ERRORS,

    /** Objects are said to have changed meanwhile, with 409. */
    CONFLICTS,

    /** Requests are not answered; half of them are carried out. */
    TIMEOUTS,

    /** The connection is lost after the request was carried out. */
    LOST_ANSWERS,

    /** Answers come late. */
    SLOW_ANSWERS,

    /** Watches end after a few seconds. */
    DROPPED_WATCHES,

    /** Watches end after a few seconds, and half of those that go on from a version are told that it is too old. */
    EXPIRED_VERSIONS;

    /** Tells whether watches end early. */
    boolean dropsWatches() {
        return this == DROPPED_WATCHES || this == EXPIRED_VERSIONS;
    }

    /** Tells whether a share of requests meets it that would be answered at once. */
    boolean meets(HttpMessage request) {
        return switch (this) {
            case NONE, DROPPED_WATCHES -> false;
            case EXPIRED_VERSIONS -> request.isWatch() && request.start().contains("resourceVersion=");
            // What is only made cannot have changed, and what is deleted is named by its uid.
            case CONFLICTS -> request.method().equals("PUT") || request.method().equals("PATCH");
            default -> !request.isWatch();
        };
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
