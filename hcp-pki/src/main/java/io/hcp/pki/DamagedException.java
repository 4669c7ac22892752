package io.hcp.pki;

import io.hcp.api.error.ErrorKind;
import io.hcp.api.error.HcpException;

/**
 * What was read is no usable certificate or key. Checked, because every caller has to say where it was read from. The
 * message never quotes what was read, and there is no cause: messages of parsers may quote their input.
 */
final class DamagedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String remedy;

    /** Takes the problem as a clause about the thing read, for example {@code is not the key of the certificate}. */
    DamagedException(String problem) {
        this(problem, "");
    }

    /** Takes a remedy too, for a problem that has a better one than its reader knows. */
    DamagedException(String problem, String remedy) {
        super(problem);
        this.remedy = remedy;
    }

    /** Returns this as the exception that callers of the library see. */
    HcpException in(String subject, String usualRemedy) {
        return as(ErrorKind.PKI_DAMAGED, subject, usualRemedy);
    }

    /** Returns this as an exception of another kind, for what is damaged outside of a tenant. */
    HcpException as(ErrorKind kind, String subject, String usualRemedy) {
        return new HcpException(kind, subject + " " + getMessage(), remedy.isEmpty() ? usualRemedy : remedy, this);
    }
}
