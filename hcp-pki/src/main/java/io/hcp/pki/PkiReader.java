package io.hcp.pki;

import io.hcp.api.error.ErrorKind;
import io.hcp.api.error.HcpException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;

/**
 * Reads certificates and keys from texts. Whatever is wrong with one is an {@link HcpException} of kind
 * {@link ErrorKind#PKI_DAMAGED} that names the place of the text.
 */
final class PkiReader {
    private final PkiTexts texts;

    PkiReader(PkiTexts texts) {
        this.texts = texts;
    }

    @FunctionalInterface
    private interface Decoder<T> {
        T decode(String text) throws DamagedException;
    }

    Generations<CertificateAuthority> authorities(Authority authority) {
        return generations(authority.path(), number -> authority(authority.path(number), number));
    }

    Generations<ServiceAccountKey> serviceAccountKeys() {
        boolean onlyOne = stages(PkiPaths.SERVICE_ACCOUNT).read().stages().size() == 1;
        return generations(PkiPaths.SERVICE_ACCOUNT, number -> {
            // The first one's own file is written when a second one is added: until then sa.pub is that file.
            String publicHalf =
                    onlyOne ? PkiPaths.serviceAccountPublicKeys() : PkiPaths.serviceAccountPublicKey(number);
            return serviceAccountKey(PkiPaths.serviceAccountKey(number), publicHalf);
        });
    }

    private StageFile stages(String root) {
        return new StageFile(texts, PkiPaths.stages(root));
    }

    private <T> Generations<T> generations(String root, IntFunction<T> reader) {
        StageFile.Content content = stages(root).read();
        int next = content.stages().size() + 1;
        String unlisted = PkiPaths.key(root + "-" + next);
        if (!content.preparing() && texts.read(unlisted).isPresent()) {
            throw stages(root).stageMissing(unlisted);
        }
        List<Generation<T>> all = new ArrayList<>();
        for (int number = 1; number < next; number++) {
            all.add(new Generation<>(number, content.stages().get(number - 1), reader.apply(number)));
        }
        return Generations.of(all);
    }

    private CertificateAuthority authority(String path, int number) {
        Credential credential = credential(path);
        try {
            CertificateAuthority.requireAuthority(credential.certificate());
        } catch (DamagedException e) {
            throw damaged(PkiPaths.certificate(path), e);
        }
        return CertificateAuthority.of(
                credential, number == 1 ? List.of() : cross(PkiPaths.cross(path), credential.certificate()));
    }

    private List<X509Certificate> cross(String file, X509Certificate authority) {
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
        List<X509Certificate> chain = read(PkiPaths.certificate(path), Chains::parse);
        PrivateKey key = read(PkiPaths.key(path), Pem::privateKey);
        if (!Keys.belongTogether(chain.get(0).getPublicKey(), key)) {
            throw mismatched(PkiPaths.key(path), PkiPaths.certificate(path));
        }
        return new Credential(chain, key);
    }

    private ServiceAccountKey serviceAccountKey(String privateHalf, String publicHalf) {
        PrivateKey privateKey = read(privateHalf, Pem::privateKey);
        List<PublicKey> publicKeys = read(publicHalf, Pem::publicKeys);
        try {
            return ServiceAccountKey.of(publicKeys, privateKey);
        } catch (DamagedException e) {
            throw mismatched(privateHalf, publicHalf);
        }
    }

    private <T> T read(String path, Decoder<T> decoder) {
        Optional<String> text = texts.read(path);
        if (text.isEmpty()) {
            throw damaged(path, new DamagedException("is missing"));
        }
        try {
            return decoder.decode(text.get());
        } catch (DamagedException e) {
            throw damaged(path, e);
        }
    }

    /** Which of the two is the wrong one cannot be told. */
    private HcpException mismatched(String key, String other) {
        return new DamagedException("does not belong to " + texts.place(other))
                .in(
                        texts.place(key),
                        "restore " + texts.place(key) + " and " + texts.place(other)
                                + " from a backup, or delete the tenant");
    }

    private HcpException damaged(String path, DamagedException problem) {
        return problem.in(texts.place(path), "restore " + texts.place(path) + " from a backup, or delete the tenant");
    }
}
