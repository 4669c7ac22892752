package io.hcp.core.internal.plan;

/** What sort of work a step with processes of a machine is. */
public enum Verb implements Task {
    /** Find, download or build the programs that are to be started. */
    PROVIDE("provide programs"),
    /** Store the description and the ports. */
    RECORD("record description"),
    /** Make the tenant's authorities, certificates and keys, all at once. */
    CREATE_PKI("create certificates"),
    /** Make certificates that are missing, signed by the authorities that are there. */
    REISSUE("reissue certificates"),
    /** Make the key with which objects are encrypted from now on. */
    CREATE_KEY("create encryption key"),
    /** End a component's processes. */
    STOP("stop"),
    /** Start a component and wait until it serves. */
    START("start"),
    /** Bind the first roles in the tenant. */
    BOOTSTRAP("bind first roles"),
    /** Wait until the control plane is ready. */
    AWAIT_READY("await readiness"),
    /** Store that the deletion has begun. */
    MARK_DELETING("mark deletion"),
    /** Remove all the tenant's files. */
    REMOVE_DATA("remove data"),
    /** Put all the tenant's files aside, under its id. */
    RETAIN_DATA("retain data"),
    /** Put the files back that were put aside. */
    BRING_BACK("bring back data");

    private final String title;

    Verb(String title) {
        this.title = title;
    }

    @Override
    public String title() {
        return title;
    }
}
