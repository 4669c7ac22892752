package io.hcp.core.internal.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.hcp.api.error.ErrorKind;
import io.hcp.api.error.HcpException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class ComponentResolverTest {
    @TempDir
    Path directory;

    private Machine machine;

    @BeforeEach
    void start() throws IOException {
        machine = new Machine(directory);
    }

    @Test
    void resolve_nothingWorks_tellsEachReasonAndTheRemedy() throws IOException {
        Machine.script(machine.bin.resolve("kube-apiserver"), "#!/bin/sh\necho Kubernetes v1.35.4\n");

        HcpException e = failure(machine.settings(), Machine.APISERVER);

        assertThat(e.kind()).isEqualTo(ErrorKind.COMPONENT_UNAVAILABLE);
        assertThat(e).hasMessage("""
                        kube-apiserver 1.36.3 is not to be had:
                          named explicitly: no
                          PATH: %1$s/bin/kube-apiserver is 1.35.4 but 1.36.3 is wanted
                          KUBEBUILDER_ASSETS: not set
                          cache: nothing at %1$s/cache/components/kube-apiserver-1.36.3-%2$s
                          download: http://127.0.0.1:1: connection refused
                          go build: no go on PATH. Remedy: put kube-apiserver 1.36.3 on PATH, or name it with \
                        binary("kube-apiserver", ...), or allow access to http://127.0.0.1:1/release, or install \
                        Go 1.26.0 or later""".formatted(directory, Platform.current()));
    }

    @Test
    void resolve_noRecipe_doesNotRecommendGo() throws IOException {
        machine.installGo();

        HcpException e = failure(machine.settings(), new Program("kube-apiserver", "1.36.2"));

        assertThat(e)
                .hasMessageContaining(
                        "go build: no recipe for kube-apiserver 1.36.2 (there are: 1.34.4, 1.35.4, 1.36.3, 1.37.2). Remedy: ");
        assertThat(e.remedy()).doesNotContain("install Go");
    }

    @Test
    void resolve_publishedAsImageOnly_recommendsGo() throws IOException {
        assertThat(failure(machine.settings(), new Program("metallb-speaker", "0.16.1")))
                .hasMessageContaining("releases of metallb-speaker are not downloaded")
                .hasMessageContaining(". Remedy: install Go 1.26.0 or later");
    }

    @Test
    void resolve_nothing_findsNothing() {
        assertThat(new ComponentResolver(machine.settings()).resolve(List.of())).isEmpty();
    }

    @Test
    void explicitPath_right_isTaken() throws IOException {
        Path file = Machine.script(directory.resolve("x/mine"), Machine.program(Machine.APISERVER));

        assertThat(resolve(machine.settings().withExplicitPath("kube-apiserver", file), Machine.APISERVER))
                .isEqualTo(file);
    }

    @Test
    void explicitPath_missing_isAnErrorThoughOnPath() throws IOException {
        Machine.script(machine.bin.resolve("kube-apiserver"), Machine.program(Machine.APISERVER));
        ResolverSettings settings = machine.settings().withExplicitPath("kube-apiserver", Path.of("/nowhere/x"));

        HcpException e = failure(settings, Machine.APISERVER);

        assertThat(e.kind()).isEqualTo(ErrorKind.COMPONENT_UNAVAILABLE);
        assertThat(e)
                .hasMessage("kube-apiserver 1.36.3: no executable file at /nowhere/x. Remedy: correct the path given "
                        + "with binary(...), or leave it out to have the program found or made");
    }

    @Test
    void explicitPath_otherVersion_isAnError() throws IOException {
        Path file = Machine.script(directory.resolve("mine"), "#!/bin/sh\necho Kubernetes v1.35.4\n");

        HcpException e = failure(machine.settings().withExplicitPath("kube-apiserver", file), Machine.APISERVER);

        assertThat(e.kind()).isEqualTo(ErrorKind.COMPONENT_VERSION);
        assertThat(e)
                .hasMessage("kube-apiserver: " + file + " is 1.35.4 but 1.36.3 is wanted. Remedy: name "
                        + "kube-apiserver 1.36.3 with binary(...), or leave it out to have the program found or made");
    }

    @Test
    void explicitPath_hangs_isAnErrorAfterTheLimit() throws IOException {
        Path file = Machine.script(directory.resolve("mine"), "#!/bin/sh\nexec /bin/sleep 1000\n");
        ResolverLimits limits = new ResolverLimits(
                Machine.FAST.connect(),
                Machine.FAST.stall(),
                Machine.FAST.backOff(),
                Duration.ofMillis(100),
                Machine.FAST.build());

        assertThatThrownBy(() -> resolve(
                        machine.settings().withLimits(limits).withExplicitPath("kube-apiserver", file),
                        Machine.APISERVER))
                .hasMessageContaining(file + " did not answer \"--version\" within 100 ms. Remedy: ");
    }

    @Test
    void explicitPath_failsOrIsNoProgram_isAnError() throws IOException {
        Path silent = Machine.script(directory.resolve("silent"), "#!/bin/sh\nexit 4\n");
        Path text = Machine.script(directory.resolve("text"), "#!/nowhere/interpreter\n");

        assertThat(failure(machine.settings().withExplicitPath("etcd", silent), Machine.ETCD))
                .hasMessageContaining("does not tell its version: \"--version\" ended with exit code 4");
        assertThat(failure(machine.settings().withExplicitPath("etcd", text), Machine.ETCD))
                .hasMessageContaining("cannot be run (");
    }

    @Test
    void path_everyProgram_isAskedInItsOwnWay() throws IOException {
        Machine.script(machine.bin.resolve("kubeadm"), "#!/bin/sh\n[ \"$*\" = 'version -o short' ] && echo v1.36.3\n");
        Machine.script(
                machine.bin.resolve("kubectl"),
                "#!/bin/sh\n[ \"$*\" = 'version --client' ] && printf 'Client Version: v1.36.3\\nKustomize Version: v5\\n'\n");
        Machine.script(machine.bin.resolve("etcd"), "#!/bin/sh\nprintf 'etcd Version: 3.6.17\\nGit SHA: x\\n'\n");

        Map<Program, Path> found = new ComponentResolver(machine.settings())
                .resolve(List.of(new Program("kubeadm", "1.36.3"), new Program("kubectl", "1.36.3"), Machine.ETCD));

        assertThat(found.values())
                .containsExactly(
                        machine.bin.resolve("kubeadm"), machine.bin.resolve("kubectl"), machine.bin.resolve("etcd"));
    }

    @Test
    void path_wrongFirst_laterDirectoriesAndAssetsAreTried() throws IOException {
        Machine.script(machine.bin.resolve("etcd"), "#!/bin/sh\necho etcd Version: 3.6.15\n");
        Path assets = directory.resolve("assets");
        Path good = Machine.script(assets.resolve("etcd"), Machine.program(Machine.ETCD));
        Map<String, String> environment = new HashMap<>();
        environment.put("PATH", "relative::" + machine.bin + ":" + assets);
        assertThat(resolve(withEnvironment(environment), Machine.ETCD)).isEqualTo(good);

        environment.put("PATH", machine.bin.toString());
        environment.put("KUBEBUILDER_ASSETS", assets.toString());
        assertThat(resolve(withEnvironment(environment), Machine.ETCD)).isEqualTo(good);
    }

    @Test
    void cache_notWritable_isAnIoError() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "");

        HcpException e = failure(machine.settings().withCacheDirectory(file.resolve("cache")), Machine.APISERVER);

        assertThat(e.kind()).isEqualTo(ErrorKind.IO);
        assertThat(e.remedy()).isEqualTo("check that " + file + "/cache and its directory are accessible to this user");
    }

    private ResolverSettings withEnvironment(Map<String, String> environment) {
        return ResolverSettings.defaults(environment, directory)
                .withKubernetesDownloads(Machine.NOBODY)
                .withEtcdDownloads(Machine.NOBODY);
    }

    private static Path resolve(ResolverSettings settings, Program program) {
        return new ComponentResolver(settings)
                .resolve(List.of(program))
                .values()
                .iterator()
                .next();
    }

    private static HcpException failure(ResolverSettings settings, Program program) {
        return catchThrowableOfType(HcpException.class, () -> resolve(settings, program));
    }
}
