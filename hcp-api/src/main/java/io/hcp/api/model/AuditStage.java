package io.hcp.api.model;

/** A moment of a request at which the audit log may tell of it. */
public enum AuditStage {
    /** The request was received and not yet handled. */
    REQUEST_RECEIVED("RequestReceived"),
    /** The answer's headers were sent and its body was not; for long requests such as watches. */
    RESPONSE_STARTED("ResponseStarted"),
    /** The answer was sent. */
    RESPONSE_COMPLETE("ResponseComplete"),
    /** The request ended in a panic. */
    PANIC("Panic");

    private final String text;

    AuditStage(String text) {
        this.text = text;
    }

    /** Returns the name that audit policies use, for example {@code RequestReceived}. */
    @Override
    public String toString() {
        return text;
    }
}
