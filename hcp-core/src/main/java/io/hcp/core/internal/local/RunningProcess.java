package io.hcp.core.internal.local;

import io.hcp.api.error.ErrorKind;
import io.hcp.api.error.HcpException;
import io.hcp.core.internal.time.Time;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * A process of this machine, told apart from later ones with the same id by its start time. It need not be a child of
 * this JVM.
 *
 * @param pid its id
 * @param startTime its start in clock ticks since the machine started
 * @see <a href="https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html">proc_pid_stat(5)</a>
 */
record RunningProcess(long pid, long startTime) {
    /** The fields of /proc/PID/stat behind the command, which may contain blanks: state is the first of them. */
    private static final int STATE = 0;

    private static final int START_TIME = 19;
    private static final Duration KILL_LIMIT = Duration.ofSeconds(10);

    /** Looks a process up. Empty if there is none with that id, or it has ended and only waits for its parent. */
    static Optional<RunningProcess> of(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            boolean ended = fields[STATE].equals("Z") || fields[STATE].equals("X");
            return ended ? Optional.empty() : Optional.of(new RunningProcess(pid, Long.parseLong(fields[START_TIME])));
        } catch (IOException e) {
            return Optional.empty();
        }
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
