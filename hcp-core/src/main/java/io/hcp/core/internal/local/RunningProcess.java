package io.hcp.core.internal.local;

import io.hcp.api.error.ErrorKind;
import io.hcp.api.error.HcpException;
import io.hcp.core.internal.files.ProcessStat;
import io.hcp.core.internal.time.Time;
import java.time.Duration;
import java.util.Optional;

/**
 * A process of this machine, told apart from later ones with the same id by its start time. It need not be a child of
 * this JVM.
 *
 * @param pid its id
 * @param startTime its start in clock ticks since the machine started
 */
record RunningProcess(long pid, long startTime) {
    private static final Duration KILL_LIMIT = Duration.ofSeconds(10);

    /** Looks a process up. Empty if there is none with that id, or it has ended and only waits for its parent. */
    static Optional<RunningProcess> of(long pid) {
        return ProcessStat.of(pid).map(stat -> new RunningProcess(pid, stat.startTime()));
    }

    boolean isAlive() {
        return of(pid).equals(Optional.of(this));
    }

    /** Asks the process to end, and makes it end when it has not within the limit. Blocks until it is gone. */
    void end(Duration grace) {
        if (isAlive()) {
            ProcessHandle.of(pid).ifPresent(ProcessHandle::destroy);
            if (!Time.system().until(grace, () -> !isAlive())) {
                kill();
            }
        }
    }

    /** Ends the process at once. Blocks until it is gone. */
    void kill() {
        if (isAlive()) {
            ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
            if (!Time.system().until(KILL_LIMIT, () -> !isAlive())) {
                throw new HcpException(
                        ErrorKind.TIMEOUT,
                        "process " + pid + " has not ended " + KILL_LIMIT + " after it was killed",
                        "it waits for a device, or belongs to another user: look at it, then make the same call again");
            }
        }
    }
}
