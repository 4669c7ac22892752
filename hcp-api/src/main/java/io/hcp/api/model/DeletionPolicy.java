package io.hcp.api.model;

/** What becomes of a tenant's data when the tenant is deleted. */
public enum DeletionPolicy {
    /** It is removed with the tenant. There is no way back. */
    DELETE("Delete"),
    /**
     * Datastore, certificates and keys are put aside under the tenant's id. A description with that {@code tenantId} and the
     * same name brings them back.
     */
    RETAIN("Retain");

    private final String text;

    DeletionPolicy(String text) {
        this.text = text;
    }

    /** Returns the name as specs have it, for example {@code Retain}. */
    @Override
    public String toString() {
        return text;
    }
}
