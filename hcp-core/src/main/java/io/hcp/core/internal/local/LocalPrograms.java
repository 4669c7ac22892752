package io.hcp.core.internal.local;

import io.hcp.core.internal.blueprint.ComponentBlueprint;
import io.hcp.core.internal.component.ComponentResolver;
import io.hcp.core.internal.component.Program;
import io.hcp.core.internal.gateway.Programs;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Objects;

/**
 * The programs that this machine has or can get.
 *
 * @param resolver finds them
 */
record LocalPrograms(ComponentResolver resolver) implements Programs {
    @Override
    public void provide(Collection<ComponentBlueprint> components) {
        resolver.resolve(components.stream().map(LocalPrograms::program).toList());
    }

    /** {@return the executable file of a component's program} */
    Path file(ComponentBlueprint component) {
        Program program = program(component);
        return Objects.requireNonNull(resolver.resolve(List.of(program)).get(program));
    }

    static Program program(ComponentBlueprint component) {
        return new Program(component.component().binaryName(), component.version());
    }
}
