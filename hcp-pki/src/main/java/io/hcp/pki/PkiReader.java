package io.hcp.pki;

import io.hcp.api.error.ErrorKind;
import io.hcp.api.error.HcpException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/**
 * Reads certificates and keys from files. Whatever is wrong with one is an {@link HcpException} of kind
 * {@link ErrorKind#PKI_DAMAGED} that names the file; what only the file system refuses has the kinds of
 * {@link PrivateFiles#failure}.
 */
final class PkiReader {
    private final PkiDirectory directory;

    PkiReader(PkiDirectory directory) {
        this.directory = directory;
    }

    @FunctionalInterface
    private interface Decoder<T> {
        T decode(String text) throws DamagedException;
    }

    Generations<CertificateAuthority> authorities(Authority authority) {
        return generations(authority.path(), number -> authority(authority.path(number), number));
    }

    Generations<ServiceAccountKey> serviceAccountKeys() {
        boolean onlyOne = stages(PkiDirectory.SERVICE_ACCOUNT).stages().size() == 1;
        return generations(PkiDirectory.SERVICE_ACCOUNT, number -> {
            // The first one's own file is written when a second one is added: until then sa.pub is that file.
            Path publicFile =
                    onlyOne ? directory.serviceAccountPublicKeyFile() : directory.serviceAccountPublicKeyFile(number);
            return serviceAccountKey(directory.serviceAccountKeyFile(number), publicFile);
        });
    }

    private StageFile.Content stages(String root) {
        return directory.stageFile(root).read();
    }

    private <T> Generations<T> generations(String root, IntFunction<T> reader) {
        StageFile.Content content = stages(root);
        int next = content.stages().size() + 1;
        Path unlisted = directory.keyFile(root + "-" + next);
        if (!content.preparing() && Files.exists(unlisted, LinkOption.NOFOLLOW_LINKS)) {
            throw directory.stageFile(root).stageMissing(unlisted);
        }
        List<Generation<T>> all = new ArrayList<>();
        for (int number = 1; number < next; number++) {
            all.add(new Generation<>(number, content.stages().get(number - 1), reader.apply(number)));
        }
        return Generations.of(all);
    }

    private CertificateAuthority authority(String path, int number) {
        Path certificateFile = directory.certificateFile(path);
        Credential credential = credential(path);
        try {
            CertificateAuthority.requireAuthority(credential.certificate());
        } catch (DamagedException e) {
            throw damaged(certificateFile, e);
        }
        return CertificateAuthority.of(
                credential, number == 1 ? List.of() : cross(directory.crossFile(path), credential.certificate()));
    }

    private static List<X509Certificate> cross(Path file, X509Certificate authority) {
        // Empty when the authority before had ended.
        List<X509Certificate> cross = read(file, text -> text.isBlank() ? List.of() : Chains.parse(text));
        if (!cross.isEmpty()
                && !(cross.get(0).getPublicKey().equals(authority.getPublicKey())
                        && cross.get(0).getSubjectX500Principal().equals(authority.getSubjectX500Principal()))) {
            throw damaged(file, new DamagedException("is not about " + authority.getSubjectX500Principal()));
        }
        return cross;
    }

    Credential credential(String path) {
        List<X509Certificate> chain = read(directory.certificateFile(path), Chains::parse);
        PrivateKey key = read(directory.keyFile(path), Pem::privateKey);
        if (!Keys.belongTogether(chain.get(0).getPublicKey(), key)) {
            throw mismatched(directory.keyFile(path), directory.certificateFile(path));
        }
        return new Credential(chain, key);
    }

    private static ServiceAccountKey serviceAccountKey(Path privateFile, Path publicFile) {
        PrivateKey privateKey = read(privateFile, Pem::privateKey);
        List<PublicKey> publicKeys = read(publicFile, Pem::publicKeys);
        try {
            return ServiceAccountKey.of(publicKeys, privateKey);
        } catch (DamagedException e) {
            throw mismatched(privateFile, publicFile);
        }
    }

    /** Tells whether a file says exactly this. */
    static boolean says(Path file, String text) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1).equals(text);
        } catch (NoSuchFileException e) {
            return false;
        } catch (IOException e) {
            throw PrivateFiles.failure("read", file, e);
        }
    }

    private static <T> T read(Path file, Decoder<T> decoder) {
        try {
            // Not as UTF-8: bytes that are none would be a failure of the file system instead of a damaged file.
            return decoder.decode(Files.readString(file, StandardCharsets.ISO_8859_1));
        } catch (NoSuchFileException e) {
            throw damaged(file, new DamagedException("is missing"));
        } catch (DamagedException e) {
            throw damaged(file, e);
        } catch (IOException e) {
            throw PrivateFiles.failure("read", file, e);
        }
    }

    /** Which of the two is the wrong one cannot be told. */
    private static HcpException mismatched(Path keyFile, Path other) {
        return new DamagedException("does not belong to " + other)
                .in(
                        keyFile.toString(),
                        "restore " + keyFile + " and " + other + " from a backup, or delete the tenant");
    }

    private static HcpException damaged(Path file, DamagedException problem) {
        return problem.in(file.toString(), "restore " + file + " from a backup, or delete the tenant");
    }
}
