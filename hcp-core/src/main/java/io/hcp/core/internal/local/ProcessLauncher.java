package io.hcp.core.internal.local;

import io.hcp.api.model.Component;
import io.hcp.core.internal.blueprint.ComponentBlueprint;
import io.hcp.core.internal.blueprint.TenantLayout;
import io.hcp.pki.PrivateFiles;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Starts the components of one tenant as processes that outlive this JVM: in a session of their own, so that a signal to
 * the terminal does not reach them, with their output in files, and with an environment that has only what marks them.
 *
 * @param layout where the tenant's files are
 * @param programs finds programs
 * @param marks environment variables that all processes get
 * @param secrets finds secrets of configuration files by their names
 */
record ProcessLauncher(
        TenantLayout layout, LocalPrograms programs, Map<String, String> marks, UnaryOperator<String> secrets) {
    /** Starts a component; empty if it ended within the moment it takes to look at it. */
    Optional<RunningProcess> launch(ComponentBlueprint blueprint) {
        blueprint.files().forEach((file, content) -> {
            PrivateFiles.createDirectories(file.resolveSibling(""));
            PrivateFiles.write(file, content.text(secrets));
        });
        Component component = blueprint.component();
        Path binary = programs.file(blueprint);
        Path log = layout.log(component);
        PrivateFiles.createDirectories(log.resolveSibling(""));
        List<String> command = new ArrayList<>(List.of("setsid", binary.toString()));
        command.addAll(blueprint.arguments());
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(layout.root().toFile())
                .redirectInput(new File("/dev/null"))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().keySet().retainAll(List.of("PATH", "HOME", "TMPDIR"));
        builder.environment().putAll(ProcessTable.marks(layout.root(), component, blueprint.digest()));
        builder.environment().putAll(marks);
        try {
            return RunningProcess.of(builder.start().pid());
        } catch (IOException e) {
            throw PrivateFiles.failure("start", binary, e);
        }
    }
}
