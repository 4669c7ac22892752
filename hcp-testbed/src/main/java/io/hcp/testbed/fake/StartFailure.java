package io.hcp.testbed.fake;

import io.hcp.api.error.ErrorKind;
import java.util.List;

/**
 * How a component ends while it starts.
 *
 * @param kind {@code COMPONENT_FAILED}, {@code PORT_BUSY} or {@code DISK_FULL}
 * @param lastLogLines the end of its log
 */
public record StartFailure(ErrorKind kind, List<String> lastLogLines) {
    /** Copies the list. */
    public StartFailure {
        lastLogLines = List.copyOf(lastLogLines);
    }
}
