package io.hcp.api.model;

/** How much of a request the audit log tells. */
public enum AuditLevel {
    /** Nothing. */
    NONE("None"),
    /** Who did what to which object, and when. */
    METADATA("Metadata"),
    /** Also the object that was sent. */
    REQUEST("Request"),
    /** Also the object that was answered. */
    REQUEST_RESPONSE("RequestResponse");

    private final String text;

    AuditLevel(String text) {
        this.text = text;
    }

    /** Returns the name that audit policies use, for example {@code RequestResponse}. */
    @Override
    public String toString() {
        return text;
    }
}
