package io.hcp.testbed.under.image;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Writes an image the way {@code docker save} does, which {@code ctr images import} reads. */
final class ImageArchive {
    private static final String ACCOUNTS = "root:x:0:0:root:/:/bin/sh\nnobody:x:65534:65534:nobody:/:/bin/sh\n";
    private static final String GROUPS = "root:x:0:\nnogroup:x:65534:\n";
    private static final int EXECUTABLE = 0755;
    private static final int READABLE = 0644;
    private static final int SHARED = 01777;

    private ImageArchive() {}

    static void write(Image image, Path target) throws IOException {
        Path layer = target.resolveSibling(target.getFileName() + ".layer");
        String digest = writeLayer(image, layer);
        byte[] config = config(image, digest).getBytes(StandardCharsets.UTF_8);
        String configName = sha256(config) + ".json";
        try (TarWriter tar = new TarWriter(new BufferedOutputStream(Files.newOutputStream(target)))) {
            tar.file(configName, READABLE, config);
            tar.file("layer.tar", READABLE, layer);
            String manifest = "[{\"Config\":\"%s\",\"RepoTags\":[\"%s\"],\"Layers\":[\"layer.tar\"]}]"
                    .formatted(configName, image.name());
            tar.file("manifest.json", READABLE, manifest.getBytes(StandardCharsets.UTF_8));
        }
        Files.delete(layer);
    }

    private static String writeLayer(Image image, Path layer) throws IOException {
        MessageDigest sha256 = digest();
        try (OutputStream out = new DigestOutputStream(new BufferedOutputStream(Files.newOutputStream(layer)), sha256);
                TarWriter tar = new TarWriter(out)) {
            for (String directory : directories(image)) {
                tar.directory(directory, directory.equals("tmp") ? SHARED : EXECUTABLE);
            }
            tar.file("etc/passwd", READABLE, ACCOUNTS.getBytes(StandardCharsets.UTF_8));
            tar.file("etc/group", READABLE, GROUPS.getBytes(StandardCharsets.UTF_8));
            for (Map.Entry<String, Path> file : new TreeMap<>(image.files()).entrySet()) {
                tar.file(relative(file.getKey()), EXECUTABLE, file.getValue());
            }
            for (Map.Entry<String, String> link : new TreeMap<>(image.links()).entrySet()) {
                tar.link(relative(link.getKey()), link.getValue());
            }
        }
        return HexFormat.of().formatHex(sha256.digest());
    }

    /** Parents before their children, as sorting has it. */
    private static Set<String> directories(Image image) {
        Set<String> directories = new TreeSet<>(List.of("etc", "proc", "run", "sys", "tmp", "var"));
        image.files().keySet().forEach(path -> addParents(directories, path));
        image.links().keySet().forEach(path -> addParents(directories, path));
        return directories;
    }

    private static void addParents(Set<String> directories, String path) {
        for (int slash = path.indexOf('/', 1); slash > 0; slash = path.indexOf('/', slash + 1)) {
            directories.add(relative(path.substring(0, slash)));
        }
    }

    private static String relative(String path) {
        return path.substring(1);
    }

    private static String config(Image image, String digest) {
        return """
                {"architecture":"%s","os":"linux","created":"1970-01-01T00:00:00Z",\
                "config":{"Env":["PATH=/usr/local/bin:/usr/bin:/bin"],"WorkingDir":"/","Entrypoint":%s,"Cmd":%s},\
                "rootfs":{"type":"layers","diff_ids":["sha256:%s"]}}""".formatted(
                        System.getProperty("os.arch").equals("aarch64") ? "arm64" : "amd64",
                        array(image.entrypoint()),
                        array(image.command()),
                        digest);
    }

    private static String array(List<String> words) {
        return words.stream().map(word -> "\"" + word + "\"").collect(Collectors.joining(",", "[", "]"));
    }

    static String sha256(byte[] content) {
        return HexFormat.of().formatHex(digest().digest(content));
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java has it
        }
    }
}
