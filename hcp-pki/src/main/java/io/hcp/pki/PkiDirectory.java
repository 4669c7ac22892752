package io.hcp.pki;

import io.hcp.api.error.ErrorKind;
import io.hcp.api.error.HcpException;
import io.hcp.api.error.InvalidSpecException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;

/**
 * A tenant's certificates and keys on disk, laid out as kubeadm lays out {@code /etc/kubernetes/pki}. Directories have
 * mode 0700, files 0600. Authorities and service-account keys are written once and never replaced; leaves may be issued
 * again, and bundles are derived. {@link PkiRotation} adds generations. Holds no state but the path; one process at a
 * time may write, which the caller ensures.
 */
public final class PkiDirectory {
    private final Path directory;
    private final PkiContent content = new PkiContent(new PkiFiles(this));

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
     * @param path of a leaf, for example {@code etcd/server}, or of an authority, see {@link Authority#path(int)}
     * @return an absolute path, whether or not the file is there
     */
    public Path certificateFile(String path) {
        return directory.resolve(PkiPaths.certificate(path));
    }

    /**
     * Returns where a private key is.
     *
     * @param path of a leaf or an authority, or {@code sa} for the first service-account key
     * @return an absolute path, whether or not the file is there
     */
    public Path keyFile(String path) {
        return directory.resolve(PkiPaths.key(path));
    }

    /**
     * Returns where the certificates of all generations of an authority that are not withdrawn are, for
     * {@code --client-ca-file}, {@code --root-ca-file} and kubeconfigs.
     *
     * @param authority which
     * @return an absolute path, whether or not the file is there
     */
    public Path bundleFile(Authority authority) {
        return certificateFile(authority.bundlePath());
    }

    /**
     * Returns where a service-account key is, for {@code --service-account-signing-key-file}.
     *
     * @param generation 1 for the first
     * @return an absolute path, whether or not the file is there
     */
    public Path serviceAccountKeyFile(int generation) {
        return directory.resolve(PkiPaths.serviceAccountKey(generation));
    }

    /**
     * Returns where the public halves of all service-account keys that are not withdrawn are, for
     * {@code --service-account-key-file}.
     *
     * @return an absolute path, whether or not the file is there
     */
    public Path serviceAccountPublicKeyFile() {
        return directory.resolve(PkiPaths.serviceAccountPublicKeys());
    }

    /** Where the public half of one of several service-account keys is kept for good. */
    Path serviceAccountPublicKeyFile(int generation) {
        return directory.resolve(PkiPaths.serviceAccountPublicKey(generation));
    }

    /** Where the certificates are by which an authority is signed by those before it. */
    Path crossFile(String path) {
        return directory.resolve(PkiPaths.cross(path));
    }

    void writeStages(String root, StageFile.Content stages) {
        PrivateFiles.write(directory.resolve(PkiPaths.stages(root)), stages.text());
    }

    Path path() {
        return directory;
    }

    /**
     * Reads everything. A leaf that cannot be read, whose key does not belong to it, or that no authority which is still
     * trusted has signed, is not in the result; {@link #outdated} names it.
     *
     * @param definitions the leaves to read
     * @return what is there
     * @throws HcpException with kind {@link ErrorKind#PKI_DAMAGED}, naming the file, if an authority or a
     *     service-account key is missing, unreadable, or does not fit its other half, or it is not known which one signs
     */
    public TenantPki load(List<LeafDefinition> definitions) {
        return content.load(definitions);
    }

    /**
     * Tells what has to be written again. Leaves, to issue anew: the certificate or its key is missing or unreadable,
     * they do not belong together, the authority that signs now did not sign it, or it does not say what its definition
     * says: user, groups, usages, kind of key, names and addresses. How long it is valid does not count, see
     * {@link RenewalPolicy}. And what {@link #writeDerived} writes.
     *
     * @param definitions the leaves to check
     * @return the paths of leaves in the order of the definitions, then those of bundles, for example
     *     {@code etcd/ca-bundle}, and {@code sa} for the service accounts' public keys
     * @throws HcpException as {@link #load} does
     */
    public List<String> outdated(List<LeafDefinition> definitions) {
        List<String> paths = new ArrayList<>(content.outdated(definitions));
        content.staleDerived().keySet().forEach(path -> paths.add(path.substring(0, path.lastIndexOf('.'))));
        return paths;
    }

    /**
     * Writes the trust bundles and the service accounts' public keys that are missing, or say something else than the
     * authorities and keys do. Idempotent.
     *
     * @throws HcpException as {@link #load} does, or with the kinds of {@link PrivateFiles#failure}
     */
    public void writeDerived() {
        content.staleDerived().forEach((path, text) -> PrivateFiles.write(directory.resolve(path), text));
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
        new PkiCreation(this).run(pki);
    }

    /**
     * Writes a leaf, or replaces it: first the key, then the certificate with its chain. After a crash in between they
     * do not belong together, and {@link #outdated} names the leaf.
     *
     * @param path where it is kept, see {@link LeafDefinition#path()}
     * @param leaf the certificate and its key
     * @throws InvalidSpecException if the path is malformed, or an authority's or a service-account key's
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

    TenantPki readRoots() {
        return content.readRoots();
    }
}
