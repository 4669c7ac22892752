package io.hcp.core.internal.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What tells a process of this machine from later ones with the same id.
 *
 * @param startTime its start in clock ticks since the machine started
 * @see <a href="https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html">proc_pid_stat(5)</a>
 */
public record ProcessStat(long startTime) {
    /** The fields of /proc/PID/stat behind the command, which may contain blanks: state is the first of them. */
    private static final int STATE = 0;

    private static final int START_TIME = 19;

    /**
     * Looks a process up.
     *
     * @param pid its id
     * @return empty if there is none with that id, or it has ended and only waits for its parent
     */
    public static Optional<ProcessStat> of(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            boolean ended = fields[STATE].equals("Z") || fields[STATE].equals("X");
            return ended ? Optional.empty() : Optional.of(new ProcessStat(Long.parseLong(fields[START_TIME])));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
