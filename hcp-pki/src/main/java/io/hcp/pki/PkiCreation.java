package io.hcp.pki;

import io.hcp.api.error.ErrorKind;
import io.hcp.api.error.HcpException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Writes a tenant's whole directory, all or nothing. */
final class PkiCreation {
    private final PkiDirectory target;

    PkiCreation(PkiDirectory target) {
        this.target = target;
    }

    void run(TenantPki pki) {
        if (target.state() == PkiDirectory.State.PRESENT) {
            throw exists();
        }
        Path directory = target.path();
        Path parent = directory.resolveSibling("");
        PrivateFiles.createDirectories(parent);
        String prefix = directory.getFileName() + PrivateFiles.PARTIAL;
        try {
            removeLeftovers(parent, prefix);
            Path partial = Files.createTempDirectory(parent, prefix, PrivateFiles.directoryMode());
            try {
                writeAll(PkiDirectory.at(partial), pki);
                publish(partial);
            } finally {
                removeTree(partial);
            }
            PrivateFiles.sync(parent);
        } catch (IOException e) {
            throw PrivateFiles.failure("create", directory, e);
        }
    }

    private static void writeAll(PkiDirectory partial, TenantPki pki) throws IOException {
        for (Authority authority : Authority.values()) {
            writeAuthority(partial, authority, pki.generations(authority));
        }
        for (Map.Entry<String, Credential> leaf : pki.leaves().entrySet()) {
            writeNew(partial, leaf.getKey(), leaf.getValue());
        }
        Generations<ServiceAccountKey> keys = pki.serviceAccountKeys();
        writeStages(partial, PkiPaths.SERVICE_ACCOUNT, keys);
        for (Generation<ServiceAccountKey> key : keys.all()) {
            PrivateFiles.writeNew(
                    partial.serviceAccountKeyFile(key.number()), key.value().privateKeyPem());
            if (keys.all().size() > 1) {
                PrivateFiles.writeNew(
                        partial.serviceAccountPublicKeyFile(key.number()),
                        key.value().publicKeyPem());
            }
        }
        for (Map.Entry<String, String> text : PkiContent.derived(pki).entrySet()) {
            PrivateFiles.writeNew(partial.path().resolve(text.getKey()), text.getValue());
        }
        for (Path path : tree(partial.path())) {
            if (Files.isDirectory(path)) {
                PrivateFiles.sync(path);
            }
        }
    }

    private static void writeAuthority(
            PkiDirectory partial, Authority authority, Generations<CertificateAuthority> generations)
            throws IOException {
        for (Generation<CertificateAuthority> generation : generations.all()) {
            String path = authority.path(generation.number());
            writeNew(partial, path, generation.value().credential());
            if (generation.number() > 1) {
                PrivateFiles.writeNew(
                        partial.crossFile(path), Pem.encode(generation.value().cross()));
            }
        }
        writeStages(partial, authority.path(), generations);
    }

    private static void writeStages(PkiDirectory partial, String root, Generations<?> generations) {
        if (generations.all().size() > 1) {
            partial.writeStages(root, new StageFile.Content(generations.stages(), false));
        }
    }

    private static void writeNew(PkiDirectory partial, String path, Credential credential) throws IOException {
        Files.createDirectories(partial.keyFile(path).resolveSibling(""), PrivateFiles.directoryMode());
        PrivateFiles.writeNew(partial.keyFile(path), credential.keyPem());
        PrivateFiles.writeNew(partial.certificateFile(path), credential.certificatePem());
    }

    private void publish(Path partial) throws IOException {
        try {
            // rename(2) replaces no directory that has content, so of two writers the second one fails.
            Files.move(partial, target.path(), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            if (target.state() == PkiDirectory.State.PRESENT) {
                throw exists();
            }
            throw e;
        }
    }

    private HcpException exists() {
        return new HcpException(
                ErrorKind.BLOCKED,
                target.path() + " exists and is never overwritten",
                "load it, or delete the tenant before creating it anew");
    }

    private static void removeLeftovers(Path parent, String prefix) throws IOException {
        try (DirectoryStream<Path> leftovers = Files.newDirectoryStream(
                parent, path -> String.valueOf(path.getFileName()).startsWith(prefix))) {
            for (Path leftover : leftovers) {
                removeTree(leftover);
            }
        }
    }

    private static void removeTree(Path root) throws IOException {
        if (Files.exists(root, LinkOption.NOFOLLOW_LINKS)) {
            for (Path path : tree(root)) {
                Files.delete(path);
            }
        }
    }

    /** Returns what is in a directory before the directory, and the root last. */
    private static List<Path> tree(Path root) throws IOException {
        try (Stream<Path> paths = Files.walk(root)) {
            return paths.sorted(Comparator.reverseOrder()).toList();
        }
    }
}
