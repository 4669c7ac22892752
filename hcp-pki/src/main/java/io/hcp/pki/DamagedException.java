package io.hcp.pki;

import io.hcp.api.error.ErrorKind;
import io.hcp.api.error.HcpException;

/**
 * What was read is no usable certificate or key. Checked, because every caller has to say where it was read from. The
 * message never quotes what was read, and there is no cause: messages of parsers may quote their input.
 */
final class DamagedException extends Exception {
    private static final long serialVersionUID = 1L;

    /** Takes the problem as a clause about the thing read, for example {@code is not the key of the certificate}. */
    DamagedException(String problem) {
        super(problem);
    }

    /** Returns this as the exception that callers of the library see. */
    HcpException in(String subject, String remedy) {
        return new HcpException(ErrorKind.PKI_DAMAGED, subject + " " + getMessage(), remedy, this);
    }
}
