package io.hcp.pki;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** The files of a directory as texts. What only the file system refuses has the kinds of {@link PrivateFiles#failure}. */
record PkiFiles(PkiDirectory directory) implements PkiTexts {
    @Override
    public Optional<String> read(String path) {
        Path file = file(path);
        try {
            // Not as UTF-8: bytes that are none would be a failure of the file system instead of a damaged file.
            return Optional.of(Files.readString(file, StandardCharsets.ISO_8859_1));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw PrivateFiles.failure("read", file, e);
        }
    }

    @Override
    public String place(String path) {
        return file(path).toString();
    }

    private Path file(String path) {
        return directory.path().resolve(path);
    }
}
