package io.hcp.core.internal.component;

import java.nio.file.Path;
import java.util.Optional;

/** What a source delivers: the file, or the reason why there is none. */
record Finding(Optional<Path> file, String reason) {
    static Finding of(Path file) {
        return new Finding(Optional.of(file), "");
    }

    static Finding none(String reason) {
        return new Finding(Optional.empty(), reason);
    }
}
