package io.hcp.core.internal.component;

import io.hcp.core.internal.files.ProcessLock;
import java.nio.file.Path;
import java.util.OptionalLong;

/** Words about a lock that somebody else holds. */
final class Waiting {
    private Waiting() {}

    static String forHolderOf(Path lockFile) {
        OptionalLong pid = ProcessLock.holder(lockFile);
        return pid.isPresent() ? ", by process " + pid.getAsLong() : "";
    }
}
