package io.hcp.core.internal.component;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Programs that are installed: in the directories which one environment variable names. */
final class MachineSource implements Source.OneByOne {
    private final String variable;
    private final ResolverSettings settings;
    private final VersionProbe probe;

    MachineSource(String variable, ResolverSettings settings, VersionProbe probe) {
        this.variable = variable;
        this.settings = settings;
        this.probe = probe;
    }

    @Override
    public String name() {
        return variable;
    }

    @Override
    public Finding find(Program program) throws IOException, InterruptedException {
        String directories = settings.environment().getOrDefault(variable, "");
        if (directories.isBlank()) {
            return Finding.none("not set");
        }
        List<String> reasons = new ArrayList<>();
        for (Path candidate : Command.candidates(directories, program.name())) {
            Optional<String> mismatch = probe.mismatch(candidate, program);
            if (mismatch.isEmpty()) {
                return Finding.of(candidate);
            }
            reasons.add(candidate + " " + mismatch.get());
        }
        return Finding.none(reasons.isEmpty() ? "no " + program.name() + " there" : String.join("; ", reasons));
    }
}
