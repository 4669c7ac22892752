package io.hcp.core.internal.local;

import io.hcp.api.model.Component;
import io.hcp.core.internal.blueprint.ComponentBlueprint;
import io.hcp.core.internal.blueprint.TenantLayout;
import io.hcp.core.internal.component.Program;
import io.hcp.pki.PrivateFiles;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Starts the components of one tenant as processes that outlive this JVM: in a session of their own, so that a signal to
 * the terminal does not reach them, with their output in files, and with an environment that has only what marks them.
 */
final class ProcessLauncher {
    private final TenantLayout layout;
    private final Settings settings;
    private final EncryptionKeys encryptionKeys;

    ProcessLauncher(TenantLayout layout, Settings settings, EncryptionKeys encryptionKeys) {
        this.layout = layout;
        this.settings = settings;
        this.encryptionKeys = encryptionKeys;
    }

    /** {@return the program of a component} */
    static Program program(ComponentBlueprint blueprint) {
        return new Program(blueprint.component().binaryName(), blueprint.version());
    }

    /** Starts a component; empty if it ended within the moment it takes to look at it. */
    Optional<RunningProcess> launch(ComponentBlueprint blueprint) {
        blueprint.files().forEach((file, content) -> {
            PrivateFiles.createDirectories(file.resolveSibling(""));
            PrivateFiles.write(file, content.text(encryptionKeys::read));
        });
        Component component = blueprint.component();
        Path binary = Objects.requireNonNull(
                settings.programs().resolve(List.of(program(blueprint))).get(program(blueprint)));
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
        builder.environment().putAll(settings.marks());
        try {
            return RunningProcess.of(builder.start().pid());
        } catch (IOException e) {
            throw PrivateFiles.failure("start", binary, e);
        }
    }
}
