package io.hcp.core.internal.files;

import io.hcp.core.internal.usage.Load;
import io.hcp.core.internal.usage.NodeSample;
import io.hcp.pki.PrivateFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What the kernel counts of this machine and of its processes.
 *
 * @see <a href="https://man7.org/linux/man-pages/man5/proc.5.html">proc(5)</a>
 */
public final class MachineLoad {
    private static final Path PROC = Path.of("/proc");

    /** Clock ticks as the kernel tells them to programs: USER_HZ, 100 on all machines that Go and Java run on. */
    private static final Duration TICK = Duration.ofMillis(10);

    /** Of the fields of /proc/PID/stat behind the command; the first of them is the state. */
    private static final int USER_TIME = 11;

    private static final int SYSTEM_TIME = 12;

    /** Of the numbers of the first line of /proc/stat. */
    private static final int IDLE = 3;

    private static final int WAITING = 4;
    private static final int STEAL = 7;
    private static final long KIBIBYTE = 1024;

    private MachineLoad() {}

    /**
     * Reads what a process uses.
     *
     * @param pid its id
     * @param clock tells when it was read
     * @return its processor time and resident memory; empty if it is gone
     */
    public static Optional<Load> ofProcess(long pid, Clock clock) {
        Path process = PROC.resolve(Long.toString(pid));
        try {
            String stat = Files.readString(process.resolve("stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            long ticks = Long.parseLong(fields[USER_TIME]) + Long.parseLong(fields[SYSTEM_TIME]);
            Instant now = clock.instant();
            List<String> status = Files.readAllLines(process.resolve("status"), StandardCharsets.ISO_8859_1);
            return Optional.of(new Load(now, TICK.multipliedBy(ticks), kibibytes(status, "VmRSS:") * KIBIBYTE));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /**
     * Reads what this machine has, and what of it is used.
     *
     * @param name how to call it
     * @param clock tells when it was read
     * @return its cores and memory
     */
    public static NodeSample ofMachine(String name, Clock clock) {
        try {
            String[] fields = Files.readAllLines(PROC.resolve("stat")).get(0).split(" +", -1);
            long ticks = 0;
            for (int i = 0; i <= STEAL; i++) {
                ticks += i == IDLE || i == WAITING ? 0 : Long.parseLong(fields[i + 1]);
            }
            Instant now = clock.instant();
            List<String> memory = Files.readAllLines(PROC.resolve("meminfo"));
            long total = kibibytes(memory, "MemTotal:") * KIBIBYTE;
            long available = kibibytes(memory, "MemAvailable:") * KIBIBYTE;
            return new NodeSample(
                    name,
                    Runtime.getRuntime().availableProcessors(),
                    total,
                    OptionalLong.empty(),
                    Optional.of(new Load(now, TICK.multipliedBy(ticks), total - available)),
                    OptionalInt.empty());
        } catch (IOException e) {
            throw PrivateFiles.failure("read", PROC, e);
        }
    }

    private static long kibibytes(List<String> lines, String name) {
        return lines.stream()
                .filter(line -> line.startsWith(name))
                .map(line -> line.substring(name.length()).strip().split(" ", 2)[0])
                .mapToLong(Long::parseLong)
                .findFirst()
                .orElse(0);
    }
}
