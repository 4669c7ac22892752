package io.hcp.api.model;

/** What a taint of a node does to pods that do not tolerate it. */
public enum TaintEffect {
    /** None is placed there. */
    NO_SCHEDULE("NoSchedule"),
    /** None is placed there if there is room elsewhere. */
    PREFER_NO_SCHEDULE("PreferNoSchedule"),
    /** None is placed there, and those that run there are evicted. */
    NO_EXECUTE("NoExecute");

    private final String text;

    TaintEffect(String text) {
        this.text = text;
    }

    /** Returns the name that taints have, for example {@code NoSchedule}. */
    @Override
    public String toString() {
        return text;
    }
}
