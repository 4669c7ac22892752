package io.hcp.pki;

import java.util.Locale;

/** What a generation of an authority, or of the service-account key, is good for. */
public enum Stage {
    /** It signs, and what it signed is accepted. One generation at a time has this stage. */
    SIGNING,
    /** What it signed is accepted. It waits to sign, or has signed before. */
    TRUSTED,
    /** What it signed is accepted no more. */
    WITHDRAWN;

    /** Returns the name as files have it, for example {@code signing}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
