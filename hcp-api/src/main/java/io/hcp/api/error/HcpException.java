package io.hcp.api.error;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The root of everything this library throws on purpose. The message says what failed, on which object, and what to
 * do; it never contains a secret.
 */
public class HcpException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ErrorKind kind;
    private final String remedy;
    private @Nullable String tenant;
    private @Nullable String step;

    /**
     * Makes an exception.
     *
     * @param kind what sort of failure it is
     * @param problem what failed, on which object, with the offending value
     * @param remedy what the reader can do about it, as a clause
     */
    public HcpException(ErrorKind kind, String problem, String remedy) {
        this(kind, problem, remedy, null);
    }

    /**
     * Makes an exception with a cause.
     *
     * @param kind what sort of failure it is
     * @param problem what failed, on which object, with the offending value
     * @param remedy what the reader can do about it, as a clause
     * @param cause what led to it, if anything
     */
    public HcpException(ErrorKind kind, String problem, String remedy, @Nullable Throwable cause) {
        super(problem + ". Remedy: " + remedy, cause);
        this.kind = kind;
        this.remedy = remedy;
    }

    /**
     * Returns what sort of failure this is.
     *
     * @return the kind
     */
    public ErrorKind kind() {
        return kind;
    }

    /**
     * Returns what to do about it.
     *
     * @return a clause in plain English
     */
    public String remedy() {
        return remedy;
    }

    /**
     * Returns whose control plane it is about.
     *
     * @return the tenant's name, if a step of an operation failed
     */
    public Optional<String> tenant() {
        return Optional.ofNullable(tenant);
    }

    /**
     * Returns what was being done.
     *
     * @return the step's id, if a step of an operation failed
     */
    public Optional<String> step() {
        return Optional.ofNullable(step);
    }

    /**
     * Notes where the failure happened. For those who carry out steps, before anybody else sees the exception; what is
     * noted already stays.
     *
     * @param tenant the tenant's name
     * @param step the step's id
     * @return this exception
     */
    @CanIgnoreReturnValue
    public HcpException during(String tenant, String step) {
        if (this.tenant == null) {
            this.tenant = tenant;
            this.step = step;
        }
        return this;
    }

    /**
     * Tells whether the same call can succeed later without another input.
     *
     * @return true if trying again makes sense
     */
    public boolean retryable() {
        return kind.retryable();
    }
}
