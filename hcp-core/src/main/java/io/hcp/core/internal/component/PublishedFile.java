package io.hcp.core.internal.component;

import java.net.URI;
import java.util.Optional;

/**
 * Where a project publishes a program.
 *
 * @param base the download base address
 * @param file the file to download
 * @param digests a text with the file's digest
 * @param fileName the file's name
 * @param member the program's path inside the file, if that is a tar archive
 */
record PublishedFile(URI base, URI file, URI digests, String fileName, Optional<String> member) {
    static PublishedFile of(Program program, Platform platform, ResolverSettings settings) {
        String version = "v" + program.version();
        if (program.family() == Family.KUBERNETES) {
            URI base = settings.kubernetesDownloads();
            String file = trimmed(base) + "/" + version + "/bin/" + platform.os() + "/" + platform.arch() + "/"
                    + program.name();
            return new PublishedFile(
                    base, URI.create(file), URI.create(file + ".sha256"), program.name(), Optional.empty());
        }
        URI base = settings.etcdDownloads();
        String directory = trimmed(base) + "/" + version + "/";
        String stem = "etcd-" + version + "-" + platform;
        return new PublishedFile(
                base,
                URI.create(directory + stem + ".tar.gz"),
                URI.create(directory + "SHA256SUMS"),
                stem + ".tar.gz",
                Optional.of(stem + "/" + program.name()));
    }

    private static String trimmed(URI base) {
        return base.toString().replaceAll("/+$", "");
    }
}
