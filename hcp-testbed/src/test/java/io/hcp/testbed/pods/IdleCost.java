package io.hcp.testbed.pods;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What the processes of one tenant take from the machine: processor time over a while, and resident memory at its end. */
final class IdleCost {
    private static final double SECONDS_PER_MINUTE = 60;
    private static final Pattern POD = Pattern.compile("pod[0-9a-f]{8}[-_][-_0-9a-f]{27}");

    private final String tenant;
    private final Map<String, Program> processes = new TreeMap<>();
    private long begun;
    private double minutes;

    /** One component; memory in MiB. */
    private static final class Program {
        final long pid;
        Duration before = Duration.ZERO;
        double perMinute;
        double resident;
        double anonymous;

        Program(long pid) {
            this.pid = pid;
        }

        Duration used() {
            return ProcessHandle.of(pid).orElseThrow().info().totalCpuDuration().orElseThrow();
        }
    }

    private IdleCost(String tenant) {
        this.tenant = tenant;
    }

    /** Finds the processes of a tenant by what only its own are told. */
    static IdleCost of(String tenant) {
        IdleCost cost = new IdleCost(tenant);
        Map<Long, List<String>> all =
                ProcessHandle.allProcesses().collect(Collectors.toMap(ProcessHandle::pid, TenantPods::commandLine));
        String pod = all.entrySet().stream()
                .filter(one -> one.getValue().contains("kube-apiserver"))
                .filter(one -> one.getValue().stream().anyMatch(word -> word.contains("://" + tenant + "-etcd-0.")))
                .map(one -> pod(one.getKey()))
                .findFirst()
                .orElseThrow();
        all.forEach((pid, words) -> {
            boolean inPod = List.of("kube-apiserver", "kube-controller-manager", "kube-scheduler")
                            .contains(words.isEmpty() ? "" : words.get(0))
                    && pod(pid).equals(pod);
            if (inPod || words.stream().anyMatch(word -> word.startsWith("--initial-cluster=" + tenant + "-etcd-0="))) {
                cost.processes.put(words.get(0), new Program(pid));
            }
        });
        if (cost.processes.size() != 4) {
            throw new IllegalStateException("of " + tenant + " there are " + cost.processes.keySet());
        }
        return cost;
    }

    /** The pod that a process belongs to; empty if it has ended. */
    private static String pod(long pid) {
        try {
            return POD.matcher(Files.readString(Path.of("/proc/" + pid + "/cgroup")))
                    .results()
                    .map(MatchResult::group)
                    .findFirst()
                    .orElse("");
        } catch (IOException e) {
            return "";
        }
    }

    /** The processes, in the order of their programs' names. */
    List<Long> pids() {
        return processes.values().stream().map(process -> process.pid).toList();
    }

    void begin() {
        begun = System.nanoTime();
        processes.values().forEach(process -> process.before = process.used());
    }

    void end() {
        minutes = (System.nanoTime() - begun) / 1e9 / SECONDS_PER_MINUTE;
        processes.values().forEach(process -> {
            process.perMinute = process.used().minus(process.before).toMillis() / 1e3 / minutes;
            process.resident = status(process.pid, "VmRSS:");
            process.anonymous = status(process.pid, "RssAnon:");
        });
    }

    private static double status(long pid, String row) {
        try {
            return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
                    .filter(line -> line.startsWith(row))
                    .mapToDouble(line -> Double.parseDouble(line.replaceAll("[^0-9]", "")) / 1024)
                    .sum();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Seconds of processor a minute. */
    double processor() {
        return processes.values().stream()
                .mapToDouble(process -> process.perMinute)
                .sum();
    }

    /** MiB that are nobody else's. */
    double own() {
        return processes.values().stream()
                .mapToDouble(program -> program.anonymous)
                .sum();
    }

    /** Resident MiB, with the text of programs that other tenants of the node run as well. */
    double resident() {
        return processes.values().stream()
                .mapToDouble(process -> process.resident)
                .sum();
    }

    @Override
    public String toString() {
        return tenant + ": "
                + processes.entrySet().stream()
                        .map(one -> String.format(
                                Locale.ROOT,
                                "%s %.2f s/min, %.0f MiB (%.0f its own)",
                                one.getKey(),
                                one.getValue().perMinute,
                                one.getValue().resident,
                                one.getValue().anonymous))
                        .collect(Collectors.joining("; "))
                + String.format(Locale.ROOT, "; in all %.2f s/min, %.0f MiB", processor(), resident());
    }
}
