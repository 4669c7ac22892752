package io.hcp.core.internal.local;

import io.hcp.api.model.Component;
import io.hcp.core.internal.blueprint.Blueprint;
import io.hcp.core.internal.blueprint.ComponentBlueprint;
import io.hcp.core.internal.blueprint.HealthCheck;
import io.hcp.pki.Authority;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Real processes that do nothing; all are killed when closed. */
final class Processes implements AutoCloseable {
    private final List<Process> started = new ArrayList<>();

    synchronized Process start(Map<String, String> environment, String... command) {
        try {
            ProcessBuilder builder = new ProcessBuilder(command);
            builder.environment().putAll(environment);
            Process process = builder.start();
            started.add(process);
            return process;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    RunningProcess sleep() {
        return running(start(Map.of(), "sleep", "1000"));
    }

    static RunningProcess running(Process process) {
        return RunningProcess.of(process.pid()).orElseThrow();
    }

    static ComponentBlueprint blueprint(Component component) {
        return new ComponentBlueprint(
                component,
                "1.36.3",
                new TreeMap<>(Map.of("flag", "value")),
                new TreeMap<>(),
                new HealthCheck(Blueprint.LOOPBACK, 1, "/livez", "/readyz", Authority.CLUSTER));
    }

    @Override
    public synchronized void close() {
        started.forEach(Process::destroyForcibly);
    }
}
