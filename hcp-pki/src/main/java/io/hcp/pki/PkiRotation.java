package io.hcp.pki;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.hcp.api.error.HcpException;
import io.hcp.api.model.KeyAlgorithm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Adds generations to a tenant's directory and changes their stages. After a crash at any point the directory has the
 * old generations and stages or the new ones; bundles may lag behind, and {@link PkiDirectory#outdated} tells so. Holds
 * no state; one process at a time may write, which the caller ensures.
 */
public final class PkiRotation {
    private final PkiDirectory directory;

    private PkiRotation(PkiDirectory directory) {
        this.directory = directory;
    }

    /**
     * Names a directory; nothing is read or written.
     *
     * @param directory which {@link PkiDirectory#create} has written
     * @return its rotation
     */
    public static PkiRotation in(PkiDirectory directory) {
        return new PkiRotation(directory);
    }

    /**
     * Makes the next generation of an authority, signed by itself and by the one that signs now, and writes it: trusted,
     * not signing. What a crash left of an earlier try is removed. Once it has returned, another call makes another
     * generation.
     *
     * @param authority which
     * @param policy what its key is, and how long it is valid
     * @param clock tells now
     * @return the generation
     * @throws HcpException as {@link PkiDirectory#load} does, or with the kinds of {@link PrivateFiles#failure}
     */
    @CanIgnoreReturnValue
    public Generation<CertificateAuthority> addAuthority(Authority authority, PkiPolicy policy, Clock clock) {
        Generations<CertificateAuthority> before = directory.readRoots().generations(authority);
        int number = before.all().size() + 1;
        CertificateAuthority next = before.signing().value().next(authority.commonName(number), policy, clock);
        String path = authority.path(number);
        List<Path> files = List.of(directory.keyFile(path), directory.crossFile(path), directory.certificateFile(path));
        prepare(authority.path(), before, files);
        PrivateFiles.create(directory.keyFile(path), next.credential().keyPem());
        PrivateFiles.create(directory.crossFile(path), Pem.encode(next.cross()));
        PrivateFiles.create(directory.certificateFile(path), next.credential().certificatePem());
        return commit(authority.path(), before.adding(next)).get(number);
    }

    /**
     * Makes the next service-account key and writes it: its tokens are accepted, it does not sign yet. What a crash left
     * of an earlier try is removed. Once it has returned, another call makes another key.
     *
     * @param algorithm of the key
     * @return the generation
     * @throws HcpException as {@link PkiDirectory#load} does, or with the kinds of {@link PrivateFiles#failure}
     */
    @CanIgnoreReturnValue
    public Generation<ServiceAccountKey> addServiceAccountKey(KeyAlgorithm algorithm) {
        Generations<ServiceAccountKey> before = directory.readRoots().serviceAccountKeys();
        int number = before.all().size() + 1;
        ServiceAccountKey next = ServiceAccountKey.create(algorithm);
        Path keyFile = directory.serviceAccountKeyFile(number);
        Path publicFile = directory.serviceAccountPublicKeyFile(number);
        prepare(PkiPaths.SERVICE_ACCOUNT, before, List.of(keyFile, publicFile));
        if (number == 2) {
            // Until now sa.pub was the only place of the first one's public half; from now on it is derived.
            PrivateFiles.write(
                    directory.serviceAccountPublicKeyFile(1),
                    before.get(1).value().publicKeyPem());
        }
        PrivateFiles.create(keyFile, next.privateKeyPem());
        PrivateFiles.create(publicFile, next.publicKeyPem());
        return commit(PkiPaths.SERVICE_ACCOUNT, before.adding(next)).get(number);
    }

    /**
     * Changes the stages of an authority, and writes them and its bundle.
     *
     * @param authority which
     * @param change what becomes of the generations in the directory, for example {@code g -> g.promoting(2)}; it adds
     *     none
     * @return the new stages
     * @throws HcpException as {@link PkiDirectory#load} or the change does, or with the kinds of
     *     {@link PrivateFiles#failure}
     */
    @CanIgnoreReturnValue
    public Generations<CertificateAuthority> change(
            Authority authority, UnaryOperator<Generations<CertificateAuthority>> change) {
        return change(authority.path(), directory.readRoots().generations(authority), change);
    }

    /**
     * Changes the stages of the service-account keys, and writes them and the public keys.
     *
     * @param change what becomes of the generations in the directory, for example {@code g -> g.withdrawing(1)}; it adds
     *     none
     * @return the new stages
     * @throws HcpException as {@link PkiDirectory#load} or the change does, or with the kinds of
     *     {@link PrivateFiles#failure}
     */
    @CanIgnoreReturnValue
    public Generations<ServiceAccountKey> changeServiceAccountKeys(
            UnaryOperator<Generations<ServiceAccountKey>> change) {
        return change(PkiPaths.SERVICE_ACCOUNT, directory.readRoots().serviceAccountKeys(), change);
    }

    private <T> Generations<T> change(String root, Generations<T> before, UnaryOperator<Generations<T>> change) {
        Generations<T> after = change.apply(before);
        if (after.all().size() != before.all().size()) {
            throw new IllegalArgumentException("a change of stages adds no generation to " + root);
        }
        return commit(root, after);
    }

    /** Says that there may be half of a next generation, then removes it: it never signed anything. */
    private void prepare(String root, Generations<?> before, List<Path> files) {
        directory.writeStages(root, new StageFile.Content(before.stages(), true));
        for (Path file : files) {
            try {
                Files.deleteIfExists(file);
            } catch (IOException e) {
                throw PrivateFiles.failure("remove", file, e);
            }
        }
    }

    private <T> Generations<T> commit(String root, Generations<T> stages) {
        if (stages.all().size() > 1) {
            directory.writeStages(root, new StageFile.Content(stages.stages(), false));
        }
        directory.writeDerived();
        return stages;
    }
}
