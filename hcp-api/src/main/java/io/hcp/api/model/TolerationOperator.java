package io.hcp.api.model;

/** How a toleration is compared with a taint. */
public enum TolerationOperator {
    /** Key and value are the same. */
    EQUAL("Equal"),
    /** The key is the same, whatever the value; without a key, every taint. */
    EXISTS("Exists");

    private final String text;

    TolerationOperator(String text) {
        this.text = text;
    }

    /** Returns the name that tolerations have, for example {@code Exists}. */
    @Override
    public String toString() {
        return text;
    }
}
