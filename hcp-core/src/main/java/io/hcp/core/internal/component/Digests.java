package io.hcp.core.internal.component;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** SHA-256 digests of files and in the text files that projects publish. */
final class Digests {
    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
    private static final int BUFFER = 1 << 16;

    private Digests() {}

    static String sha256(Path file) throws IOException, InterruptedException {
        MessageDigest digest = newSha256();
        byte[] buffer = new byte[BUFFER];
        try (InputStream in = Files.newInputStream(file)) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                if (Thread.interrupted()) {
                    throw new InterruptedException("interrupted while reading " + file);
                }
                digest.update(buffer, 0, n);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /**
     * Finds the digest of a file in what {@code sha256sum} prints, or in a text that is only a digest.
     *
     * @return 64 lower-case hexadecimal digits
     */
    static Optional<String> published(String text, String fileName) {
        return text.lines()
                .map(line -> line.strip().split("\\s+", 2))
                .filter(parts -> parts.length == 1 || parts[1].equals(fileName) || parts[1].equals("*" + fileName))
                .map(parts -> parts[0].toLowerCase(Locale.ROOT))
                .filter(hex -> SHA256.matcher(hex).matches())
                .findFirst();
    }

    private static MessageDigest newSha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
