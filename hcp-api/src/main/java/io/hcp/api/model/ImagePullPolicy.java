package io.hcp.api.model;

/** When a node fetches an image. */
public enum ImagePullPolicy {
    /** At each start. */
    ALWAYS("Always"),
    /** When it has none. */
    IF_NOT_PRESENT("IfNotPresent"),
    /** Never: it must be there. */
    NEVER("Never");

    private final String text;

    ImagePullPolicy(String text) {
        this.text = text;
    }

    /** Returns the name that containers use, for example {@code IfNotPresent}. */
    @Override
    public String toString() {
        return text;
    }
}
