package io.hcp.core.internal.blueprint;

import io.hcp.api.model.Component;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * One program of a control plane, as it should run.
 *
 * @param component which program
 * @param version which version of it
 * @param flags its flags without the leading dashes
 * @param files the files that are its own, written before it starts
 * @param health how to see whether it is well
 */
public record ComponentBlueprint(
        Component component,
        String version,
        Map<String, String> flags,
        Map<Path, ConfigFile> files,
        HealthCheck health) {
    /** Copies flags and files, keeping nothing of the caller's. */
    public ComponentBlueprint {
        flags = Collections.unmodifiableMap(new TreeMap<>(flags));
        files = Collections.unmodifiableMap(new TreeMap<>(files));
    }

    /**
     * Returns the program's arguments.
     *
     * @return {@code --flag=value}, sorted
     */
    public List<String> arguments() {
        return flags.entrySet().stream()
                .map(flag -> "--" + flag.getKey() + "=" + flag.getValue())
                .toList();
    }

    /**
     * Returns a fingerprint of version, arguments and files: a process started with another one has to be restarted.
     *
     * @return 16 hexadecimal digits
     */
    public String digest() {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            Stream.of(
                            Stream.of(version),
                            arguments().stream(),
                            files.entrySet().stream()
                                    .map(file -> file.getKey() + "\n"
                                            + file.getValue().template()))
                    .flatMap(part -> part)
                    .forEach(part -> {
                        sha256.update(part.getBytes(StandardCharsets.UTF_8));
                        sha256.update((byte) 0);
                    });
            return HexFormat.of().formatHex(sha256.digest(), 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
