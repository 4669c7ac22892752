package io.hcp.testbed.pods;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * What the kernel has counted for the control group of a process, of either version of control groups.
 *
 * @param cpuSeconds processor time since its beginning
 * @param workingSet memory in bytes, without pages of files that were not used lately: what the kubelet calls the working set
 * @see <a href="https://docs.kernel.org/admin-guide/cgroup-v2.html">Control Group v2</a>
 */
record CgroupUse(double cpuSeconds, long workingSet) {
    static final CgroupUse NONE = new CgroupUse(0, 0);

    private static final Path ROOT = Path.of("/sys/fs/cgroup");

    static CgroupUse of(long pid) throws IOException {
        List<String[]> groups = Files.readAllLines(Path.of("/proc/" + pid + "/cgroup")).stream()
                .map(line -> line.split(":", 3))
                .toList();
        for (String[] group : groups) {
            if (Arrays.asList(group[1].split(",")).contains("cpuacct")) {
                return first(directory(group), directory(find(groups, "memory")));
            }
        }
        return second(ROOT.resolve(find(groups, "")[2].substring(1)));
    }

    private static String[] find(List<String[]> groups, String controller) {
        return groups.stream()
                .filter(group -> group[1].equals(controller))
                .findFirst()
                .orElseThrow();
    }

    private static Path directory(String[] group) {
        return ROOT.resolve(group[1]).resolve(group[2].substring(1));
    }

    private static CgroupUse first(Path cpu, Path memory) throws IOException {
        return new CgroupUse(
                number(cpu.resolve("cpuacct.usage")) / 1e9,
                number(memory.resolve("memory.usage_in_bytes"))
                        - row(memory.resolve("memory.stat"), "total_inactive_file"));
    }

    private static CgroupUse second(Path group) throws IOException {
        return new CgroupUse(
                row(group.resolve("cpu.stat"), "usage_usec") / 1e6,
                number(group.resolve("memory.current")) - row(group.resolve("memory.stat"), "inactive_file"));
    }

    private static long number(Path file) throws IOException {
        return Long.parseLong(Files.readString(file).strip());
    }

    private static long row(Path file, String name) throws IOException {
        return Files.readAllLines(file).stream()
                .filter(line -> line.startsWith(name + " "))
                .mapToLong(line -> Long.parseLong(line.substring(name.length() + 1)))
                .findFirst()
                .orElseThrow();
    }

    CgroupUse plus(CgroupUse other) {
        return new CgroupUse(cpuSeconds + other.cpuSeconds, workingSet + other.workingSet);
    }
}
