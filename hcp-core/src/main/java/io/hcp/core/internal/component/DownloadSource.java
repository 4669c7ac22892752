package io.hcp.core.internal.component;

import io.hcp.api.error.ErrorKind;
import io.hcp.api.error.HcpException;
import io.hcp.core.internal.files.LogTail;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Official releases, checked against the digests that the projects publish. */
final class DownloadSource implements Source.OneByOne {
    private static final int MEGABYTE = 1_000_000;
    private static final Duration UNPACK_LIMIT = Duration.ofMinutes(5);

    private final ResolverSettings settings;
    private final Platform platform;
    private final ComponentCache cache;
    private final Progress progress;
    private final Downloader downloader;
    private final Map<URI, String> unreachable = new HashMap<>();

    DownloadSource(ResolverSettings settings, Platform platform, ComponentCache cache, Progress progress) {
        this.settings = settings;
        this.platform = platform;
        this.cache = cache;
        this.progress = progress;
        this.downloader = new Downloader(settings.limits());
    }

    @Override
    public String name() {
        return "download";
    }

    @Override
    public Finding find(Program program) throws IOException, InterruptedException {
        if (!platform.released()) {
            return Finding.none("there are no releases for " + platform);
        }
        if (!program.family().downloadable()) {
            return Finding.none("releases of " + program.name() + " are not downloaded");
        }
        PublishedFile release = PublishedFile.of(program, platform, settings);
        String known = unreachable.get(release.base());
        if (known != null) {
            return Finding.none(known);
        }
        String key = cache.key(program);
        try {
            return cache.locked(key, () -> progress.report(program, waiting(key)), () -> {
                Finding meanwhile = cache.find(program);
                return meanwhile.file().isPresent() ? meanwhile : download(program, release);
            });
        } catch (DownloadFailure e) {
            progress.report(program, "not downloaded: " + e.reason());
            if (e.scope() == DownloadFailure.Scope.SERVER) {
                unreachable.put(release.base(), e.reason());
            }
            return Finding.none(e.reason());
        }
    }

    private String waiting(String key) {
        return "waiting for another download of it" + Waiting.forHolderOf(cache.lockFile(key));
    }

    private Finding download(Program program, PublishedFile release)
            throws DownloadFailure, IOException, InterruptedException {
        progress.report(program, "downloading " + release.file());
        String published = downloader.text(release.digests());
        Optional<String> digest = Digests.published(published, release.fileName());
        if (digest.isEmpty()) {
            return Finding.none(release.digests() + " has no SHA-256 digest of " + release.fileName());
        }
        Path workspace = cache.workspace(cache.key(program));
        Path part = workspace.resolve(release.fileName() + ".part");
        fetchVerified(program, release, digest.get(), part);
        Finding unpacked =
                release.member().isPresent() ? unpack(part, release.member().get()) : Finding.of(part);
        Path file = unpacked.file().orElse(null);
        if (file == null) {
            return unpacked;
        }
        Finding finding = cache.publish(program, file);
        progress.report(program, finding.file().isPresent() ? "downloaded" : finding.reason());
        return finding;
    }

    private void fetchVerified(Program program, PublishedFile release, String wanted, Path part)
            throws DownloadFailure, IOException, InterruptedException {
        for (boolean again = false; ; again = true) {
            downloader.file(
                    release.file(),
                    part,
                    (bytes, total) -> progress.update(program, "downloading" + amount(bytes, total)));
            String actual = Digests.sha256(part);
            if (actual.equals(wanted)) {
                return;
            }
            Files.delete(part);
            if (again) {
                // Building it instead would hide that somebody may be tampering with downloads.
                throw new HcpException(
                        ErrorKind.COMPONENT_UNAVAILABLE,
                        program + ": " + release.file() + " has the SHA-256 digest " + actual + " but "
                                + release.digests() + " says " + wanted,
                        "find out what stands between this machine and " + release.base() + ", or name a trusted "
                                + program + " with binary(...)");
            }
        }
    }

    private static String amount(long bytes, long total) {
        return ", " + bytes / MEGABYTE + (total < 0 ? "" : " of " + total / MEGABYTE) + " MB";
    }

    private Finding unpack(Path archive, String member) throws IOException, InterruptedException {
        String path = settings.environment().getOrDefault("PATH", "");
        Optional<Path> tar = Command.onPath(path, "tar");
        if (tar.isEmpty()) {
            return Finding.none("no tar on PATH to unpack " + archive.getFileName());
        }
        Path workspace = archive.resolveSibling("unpacked");
        ComponentCache.deleteTree(workspace);
        Files.createDirectories(workspace);
        List<String> words = List.of(
                tar.get().toString(),
                "-xzf",
                archive.toString(),
                "-C",
                workspace.toString(),
                "--no-same-owner",
                member);
        Path output = archive.resolveSibling("tar.log");
        OptionalInt exit =
                new Command(words, settings.environment(), workspace, output).run(UNPACK_LIMIT, Command.Tick.NONE);
        Path file = workspace.resolve(member);
        if (exit.orElse(-1) != 0 || !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return Finding.none("tar cannot unpack " + member + ": " + String.join(" | ", LogTail.since(output, 0)));
        }
        Files.delete(archive);
        return Finding.of(file);
    }
}
