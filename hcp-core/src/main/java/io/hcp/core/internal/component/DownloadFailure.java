package io.hcp.core.internal.component;

import java.io.Serial;

/** Why a file could not be downloaded. */
final class DownloadFailure extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    /** What a failure says about further attempts. */
    enum Scope {
        /** The same request may succeed a little later. */
        ATTEMPT,
        /** This file is not to be had. */
        FILE,
        /** Nothing is to be had from this server. */
        SERVER
    }

    private final Scope scope;

    DownloadFailure(Scope scope, String reason) {
        super(reason);
        this.scope = scope;
    }

    DownloadFailure(Scope scope, String reason, Throwable cause) {
        super(reason, cause);
        this.scope = scope;
    }

    Scope scope() {
        return scope;
    }

    String reason() {
        return String.valueOf(getMessage());
    }
}
