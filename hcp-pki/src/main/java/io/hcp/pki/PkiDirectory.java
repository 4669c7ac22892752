package io.hcp.pki;

import io.hcp.api.error.ErrorKind;
import io.hcp.api.error.HcpException;
import io.hcp.api.error.InvalidSpecException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A tenant's certificates and keys on disk, laid out as kubeadm lays out {@code /etc/kubernetes/pki}. Directories have
 * mode 0700, files 0600. Authorities and the service-account key are written once and never replaced; leaves may be
 * issued again. Holds no state but the path; one process at a time may write, which the caller ensures.
 */
public final class PkiDirectory {
    /** Where the service-account key is kept, without the suffixes. */
    static final String SERVICE_ACCOUNT = "sa";

    private final Path directory;

    private PkiDirectory(Path directory) {
        this.directory = directory.toAbsolutePath().normalize();
    }

    /** Whether a tenant has certificates and keys. */
    public enum State {
        /** There is nothing at the path. */
        ABSENT,
        /** There is something at the path, whole or damaged: nothing is made anew. */
        PRESENT
    }

    /**
     * Names a directory; nothing is read or written.
     *
     * @param directory where the certificates are, or will be
     * @return the directory
     */
    public static PkiDirectory at(Path directory) {
        return new PkiDirectory(directory);
    }

    /**
     * Tells whether anything is there.
     *
     * @return {@link State#ABSENT} only if {@link #create} has to be called
     * @throws HcpException with kind {@link ErrorKind#IO} if that cannot be told
     */
    public State state() {
        try {
            Files.readAttributes(directory, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            return State.PRESENT;
        } catch (NoSuchFileException e) {
            return State.ABSENT;
        } catch (IOException e) {
            throw PrivateFiles.failure("read", directory, e);
        }
    }

    /**
     * Returns where a certificate is.
     *
     * @param path of a leaf or an authority, for example {@code etcd/server}
     * @return an absolute path, whether or not the file is there
     */
    public Path certificateFile(String path) {
        return directory.resolve(path + ".crt");
    }

    /**
     * Returns where a private key is.
     *
     * @param path of a leaf or an authority, or {@code sa} for the service-account key
     * @return an absolute path, whether or not the file is there
     */
    public Path keyFile(String path) {
        return directory.resolve(path + ".key");
    }

    /**
     * Returns where the service accounts' public key is.
     *
     * @return an absolute path, whether or not the file is there
     */
    public Path serviceAccountPublicKeyFile() {
        return directory.resolve(SERVICE_ACCOUNT + ".pub");
    }

    /**
     * Reads everything. Leaves that {@link #missingLeaves} names are not in the result: they can be issued again, with
     * the authorities that are.
     *
     * @param definitions the leaves to read
     * @return what is there
     * @throws HcpException with kind {@link ErrorKind#PKI_DAMAGED}, naming the file, if an authority or the
     *     service-account key is missing, unreadable, or does not fit its other half
     */
    public TenantPki load(List<LeafDefinition> definitions) {
        TenantPki roots = readRoots();
        Map<String, Credential> leaves = new LinkedHashMap<>();
        for (LeafDefinition definition : definitions) {
            usableLeaf(definition, roots).ifPresent(leaf -> leaves.put(definition.path(), leaf));
        }
        return roots.withLeaves(leaves);
    }

    /**
     * Tells which leaves have to be issued again: the certificate or its key is missing or unreadable, they do not
     * belong together, or the authority in this directory did not sign it. Whether a leaf has expired, or says what its
     * definition says, is not looked at.
     *
     * @param definitions the leaves to check
     * @return their paths, in the order of the definitions
     * @throws HcpException as {@link #load} does
     */
    public List<String> missingLeaves(List<LeafDefinition> definitions) {
        TenantPki roots = readRoots();
        return definitions.stream()
                .filter(definition -> usableLeaf(definition, roots).isEmpty())
                .map(LeafDefinition::path)
                .toList();
    }

    /**
     * Writes everything, once. The files are written and flushed beside the directory, in
     * {@code NAME.partial-*}, which then gets its name: after a crash there is all or nothing. What an earlier crash
     * left beside it is removed.
     *
     * @param pki what to write
     * @throws HcpException with kind {@link ErrorKind#BLOCKED} if there is anything at the path, else with the kinds of
     *     {@link PrivateFiles#failure}
     */
    public void create(TenantPki pki) {
        if (state() == State.PRESENT) {
            throw exists();
        }
        Path parent = directory.resolveSibling("");
        PrivateFiles.createDirectories(parent);
        String prefix = directory.getFileName() + PrivateFiles.PARTIAL;
        try {
            removeLeftovers(parent, prefix);
            Path partial = Files.createTempDirectory(parent, prefix, PrivateFiles.directoryMode());
            try {
                new PkiDirectory(partial).writeAll(pki);
                publish(partial);
            } finally {
                removeTree(partial);
            }
            PrivateFiles.sync(parent);
        } catch (IOException e) {
            throw PrivateFiles.failure("create", directory, e);
        }
    }

    /**
     * Writes a leaf, or replaces it: first the key, then the certificate. After a crash in between they do not belong
     * together, and {@link #missingLeaves} names the leaf.
     *
     * @param path where it is kept, see {@link LeafDefinition#path()}
     * @param leaf the certificate and its key
     * @throws InvalidSpecException if the path is malformed, or an authority's or the service-account key's
     * @throws HcpException with the kinds of {@link PrivateFiles#failure}
     */
    public void writeLeaf(String path, Credential leaf) {
        LeafDefinition.requireLeafPath(path);
        PrivateFiles.createDirectories(keyFile(path).resolveSibling(""));
        PrivateFiles.write(keyFile(path), leaf.keyPem());
        PrivateFiles.write(certificateFile(path), leaf.certificatePem());
    }

    /** Returns the path. */
    @Override
    public String toString() {
        return "PkiDirectory[" + directory + "]";
    }

    private TenantPki readRoots() {
        Map<Authority, CertificateAuthority> authorities = new EnumMap<>(Authority.class);
        for (Authority authority : Authority.values()) {
            authorities.put(
                    authority, PkiReader.authority(certificateFile(authority.path()), keyFile(authority.path())));
        }
        ServiceAccountKey key = PkiReader.serviceAccountKey(keyFile(SERVICE_ACCOUNT), serviceAccountPublicKeyFile());
        return new TenantPki(authorities, Map.of(), key);
    }

    private Optional<Credential> usableLeaf(LeafDefinition definition, TenantPki roots) {
        try {
            Credential leaf = PkiReader.credential(certificateFile(definition.path()), keyFile(definition.path()));
            return Optional.of(leaf)
                    .filter(read -> roots.authority(definition.issuer()).signed(read.certificate()));
        } catch (HcpException e) {
            if (e.kind() == ErrorKind.PKI_DAMAGED) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private void writeAll(TenantPki pki) throws IOException {
        for (Authority authority : Authority.values()) {
            writeNew(authority.path(), pki.authority(authority).credential());
        }
        for (Map.Entry<String, Credential> leaf : pki.leaves().entrySet()) {
            writeNew(leaf.getKey(), leaf.getValue());
        }
        PrivateFiles.writeNew(keyFile(SERVICE_ACCOUNT), pki.serviceAccountKey().privateKeyPem());
        PrivateFiles.writeNew(
                serviceAccountPublicKeyFile(), pki.serviceAccountKey().publicKeyPem());
        for (Path path : tree(directory)) {
            if (Files.isDirectory(path)) {
                PrivateFiles.sync(path);
            }
        }
    }

    private void writeNew(String path, Credential credential) throws IOException {
        Files.createDirectories(keyFile(path).resolveSibling(""), PrivateFiles.directoryMode());
        PrivateFiles.writeNew(keyFile(path), credential.keyPem());
        PrivateFiles.writeNew(certificateFile(path), credential.certificatePem());
    }

    private void publish(Path partial) throws IOException {
        try {
            // rename(2) replaces no directory that has content, so of two writers the second one fails.
            Files.move(partial, directory, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            if (state() == State.PRESENT) {
                throw exists();
            }
            throw e;
        }
    }

    private HcpException exists() {
        return new HcpException(
                ErrorKind.BLOCKED,
                directory + " exists and is never overwritten",
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
