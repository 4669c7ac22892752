package io.hcp.core.internal.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hcp.api.error.InvalidSpecException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResolverSettingsTest {
    private static final Path HOME = Path.of("/home/user");

    @Test
    void defaults_noXdg_cacheIsInHome() {
        ResolverSettings settings = ResolverSettings.defaults(Map.of(), HOME);

        assertThat(settings.cacheDirectory()).isEqualTo(Path.of("/home/user/.cache/hcp"));
        assertThat(settings.kubernetesDownloads()).hasToString("https://dl.k8s.io/release");
        assertThat(settings.etcdDownloads()).hasToString("https://github.com/etcd-io/etcd/releases/download");
    }

    @ParameterizedTest
    @CsvSource({"/var/cache,/var/cache/hcp", "'',/home/user/.cache/hcp", "relative,/home/user/.cache/hcp"})
    void defaults_xdg_countsIfAbsolute(String xdg, Path expected) {
        assertThat(ResolverSettings.defaults(Map.of("XDG_CACHE_HOME", xdg), HOME)
                        .cacheDirectory())
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"https://mirror.example.org/k8s", "http://localhost:80/", "http://127.1.2.3", "http://[::1]:8/"})
    void downloads_safeAddress_isTaken(String base) {
        assertThatCode(() -> ResolverSettings.defaults(Map.of(), HOME).withKubernetesDownloads(URI.create(base)))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://mirror.example.org",
                "http://127.0.0.1.example.org",
                "ftp://127.0.0.1/",
                "relative",
                "https://me:pass@mirror.example.org/",
                "https://mirror.example.org/?token=pass"
            })
    void downloads_unsafeAddress_isRefusedWithoutShowingSecrets(String base) {
        assertThatThrownBy(() -> ResolverSettings.defaults(Map.of(), HOME).withEtcdDownloads(URI.create(base)))
                .isInstanceOf(InvalidSpecException.class)
                .hasMessageContaining("DownloadAddressUnsafe: etcdDownloads is \"")
                .hasMessageNotContaining("pass");
    }

    @Test
    void program_unknownNameOrVersion_isRefused() {
        assertThatThrownBy(() -> new Program("../etcd", "3.6.16"))
                .isInstanceOf(InvalidSpecException.class)
                .hasMessageContaining("ProgramUnknown: program.name is \"../etcd\"; name one of kube-apiserver, ");
        assertThatThrownBy(() -> new Program("etcd", "v3.6.16"))
                .isInstanceOf(InvalidSpecException.class)
                .hasMessageContaining("ProgramVersionInvalid");
    }

    @ParameterizedTest
    @CsvSource({
        "Linux,amd64,linux-amd64,true",
        "Linux,aarch64,linux-arm64,true",
        "Linux,x86_64,linux-amd64,true",
        "Linux,riscv64,linux-riscv64,false",
        "Mac OS X,aarch64,darwin-arm64,false"
    })
    void platform_ofJavaNames_isInWordsOfGo(String os, String arch, String expected, boolean released) {
        assertThat(Platform.of(os, arch)).hasToString(expected);
        assertThat(Platform.of(os, arch).released()).isEqualTo(released);
    }

    @ParameterizedTest
    @CsvSource({
        "ETCD,3.6.16,3.6.16,true",
        "ETCD,3.6.20,3.6.16,true",
        "ETCD,3.6.15,3.6.16,false",
        "ETCD,3.7.20,3.6.16,false",
        "ETCD,3.6.17-rc.0,3.6.16,false",
        "KUBERNETES,1.36.3,1.36.3,true",
        "KUBERNETES,1.36.4,1.36.3,false",
        "KUBERNETES,1.36.3-dispatcher,1.36.3,false",
        "COREDNS,1.14.8,1.14.7,false"
    })
    void satisfies_actualVersion_followsTheFamilysRule(Family family, String actual, String wanted, boolean expected) {
        assertThat(family.satisfies(actual, wanted)).isEqualTo(expected);
    }

    @Test
    void recipes_all_haveAGoVersionAndPinTheRelease() {
        for (Program program : List.of(
                Machine.APISERVER,
                Machine.ETCD,
                new Program("coredns", "1.14.7"),
                new Program("metallb-speaker", "0.16.1"))) {
            assertThat(Recipe.of(program).orElseThrow().goVersion()).matches("1\\.\\d+\\.\\d+");
        }
    }
}
