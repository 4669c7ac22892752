package io.hcp.testbed.under.image;

import io.hcp.api.error.ErrorKind;
import io.hcp.api.error.HcpException;
import io.hcp.core.internal.files.ProcessLock;
import io.hcp.testbed.Programs;
import io.hcp.testbed.under.host.Names;
import io.hcp.testbed.under.host.Shell;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * A containerd root with images in it, made once per machine and set of images. A node gets it as hard links, which
 * takes a fraction of a second, no space, and lets all nodes share the page cache: containerd never writes into a
 * blob or a layer. Only its two databases are copied.
 */
public final class ImageStore {
    private static final Duration POLL = Duration.ofMillis(200);
    /** Part of the key: to be raised when the layout of images changes. */
    private static final String LAYOUT = "1";

    private final Path root;

    private ImageStore(Path root) {
        this.root = root;
    }

    /**
     * Finds the store, or makes it.
     *
     * @param images what is to be in it
     * @param progress hears what is going on
     * @return the store
     */
    public static ImageStore provide(List<Image> images, Consumer<String> progress) {
        Path directory = Programs.cache().resolve("under");
        try {
            Path root = directory.resolve("images-" + key(images));
            Path lockFile = directory.resolve("images.lock");
            ProcessLock lock =
                    ProcessLock.acquire(lockFile, POLL, () -> progress.accept("waiting for the image store"));
            try (lock) {
                if (!Files.isDirectory(root)) {
                    progress.accept("making the image store, once for these " + images.size() + " images");
                    // Links to an old one live on in nodes.
                    Shell.script("rm -rf %s/images-*".formatted(directory));
                    make(images, directory.resolve("images.new"), root, progress);
                }
                return new ImageStore(root);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new HcpException(ErrorKind.CANCELLED, "making the image store was interrupted", "try again", e);
        }
    }

    /**
     * Gives a node its images.
     *
     * @param target its containerd root, which must not exist
     */
    public void copyTo(Path target) {
        Shell.script("""
                mkdir -p "$(dirname "%2$s")"
                cp -al %1$s %2$s 2>/dev/null || { rm -rf %2$s; cp -a %1$s %2$s; }
                cd %1$s
                find . -name '*.db' -exec cp --remove-destination {} %2$s/{} \\;
                """.formatted(root, target));
    }

    private static String key(List<Image> images) throws IOException {
        StringBuilder text = new StringBuilder(LAYOUT);
        for (Image image :
                images.stream().sorted(Comparator.comparing(Image::name)).toList()) {
            text.append(image.name())
                    .append(new TreeMap<>(image.links()))
                    .append(image.entrypoint())
                    .append(image.command());
            for (var file : new TreeMap<>(image.files()).entrySet()) {
                text.append(file.getKey())
                        .append(Files.size(file.getValue()))
                        .append(Files.getLastModifiedTime(file.getValue()));
            }
        }
        return ImageArchive.sha256(text.toString().getBytes(StandardCharsets.UTF_8))
                .substring(0, 16);
    }

    private static void make(List<Image> images, Path work, Path target, Consumer<String> progress) throws IOException {
        Shell.script("rm -rf %1$s && mkdir -p %1$s".formatted(work));
        String socket = work.resolve("state/containerd.sock").toString();
        Shell.write(work.resolve("config.toml"), """
                version = 2
                root = "%1$s/root"
                state = "%1$s/state"
                disabled_plugins = ["io.containerd.grpc.v1.cri"]
                [grpc]
                  address = "%2$s"
                """.formatted(work, socket));
        ProcessBuilder builder = new ProcessBuilder("containerd", "--config", work + "/config.toml")
                .redirectErrorStream(true)
                .redirectOutput(work.resolve("containerd.log").toFile());
        // If this process is killed, the next under cluster's sweep finds it.
        builder.environment().put(Names.MARK, Names.DIRECTORY.toString());
        Process containerd = builder.start();
        try {
            for (Image image : images) {
                progress.accept("importing " + image.name());
                Path archive = work.resolve("image.tar");
                image.archive(archive);
                Shell.script("""
                        for i in {1..100}; do [ -S %1$s ] && break; sleep 0.1; done
                        ctr --address %1$s --namespace k8s.io images import %2$s
                        rm %2$s
                        """.formatted(socket, archive));
            }
        } finally {
            containerd.destroy();
            containerd.onExit().join();
        }
        Files.move(work.resolve("root"), target);
        Shell.script("rm -rf " + work);
    }
}
