package io.hcp.core.internal.component;

import static io.hcp.core.internal.component.DownloadServer.file;
import static io.hcp.core.internal.component.DownloadServer.partial;
import static io.hcp.core.internal.component.DownloadServer.redirect;
import static io.hcp.core.internal.component.DownloadServer.sha256;
import static io.hcp.core.internal.component.DownloadServer.status;
import static io.hcp.core.internal.component.DownloadServer.text;
import static io.hcp.core.internal.component.DownloadServer.truncated;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.hcp.api.error.ErrorKind;
import io.hcp.api.error.HcpException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class DownloadSourceTest {
    private static final String ARCH = Platform.current().arch();
    private static final String FILE = "/v1.36.3/bin/linux/" + ARCH + "/kube-apiserver";
    private static final byte[] CONTENT =
            (Machine.program(Machine.APISERVER) + "#".repeat(100_000)).getBytes(StandardCharsets.UTF_8);
    private static final byte[] OTHER =
            (Machine.program(Machine.APISERVER) + "!".repeat(100_000)).getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path directory;

    private Machine machine;
    private DownloadServer server;

    @BeforeEach
    void start() throws IOException {
        machine = new Machine(directory);
        server = new DownloadServer().on(FILE + ".sha256", text(sha256(CONTENT)));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void download_honestServer_isCachedWithDigestAndSize() throws IOException {
        server.on(FILE, file(CONTENT));

        assertThat(resolve()).isEqualTo(machine.cached(Machine.APISERVER)).hasBinaryContent(CONTENT);

        assertThat(machine.cached(Machine.APISERVER).resolveSibling("kube-apiserver.sha256"))
                .hasContent(sha256(CONTENT) + "  kube-apiserver\n# " + CONTENT.length + " bytes");
        assertThat(machine.cache.resolve("work")).isEmptyDirectory();
        assertThat(machine.activities)
                .containsExactly("kube-apiserver: downloading " + server.base() + FILE, "kube-apiserver: downloaded");
        assertThat(resolve()).exists();
        assertThat(server.requests).hasSize(2);
    }

    @Test
    void download_redirects_areFollowed() {
        server.on(FILE + ".sha256", redirect("/elsewhere.sha256"))
                .on("/elsewhere.sha256", text(sha256(CONTENT)))
                .on(FILE, redirect("/elsewhere"))
                .on("/elsewhere", file(CONTENT));

        assertThat(resolve()).hasBinaryContent(CONTENT);
    }

    @Test
    void download_truncated_isResumed() {
        server.on(FILE, truncated(CONTENT, 70_000), file(CONTENT));

        assertThat(resolve()).hasBinaryContent(CONTENT);

        assertThat(server.requests)
                .last()
                .asString()
                .startsWith(FILE + " bytes=")
                .endsWith("-");
    }

    @Test
    void download_stalled_isResumed() {
        server.on(FILE, server.stalled(CONTENT, 70_000, () -> {}), file(CONTENT));

        ResolverSettings settings = serverSettings().withLimits(stallLimit(Duration.ofMillis(700)));
        assertThat(new ComponentResolver(settings).resolve(List.of(Machine.APISERVER)))
                .hasSize(1);

        assertThat(machine.cached(Machine.APISERVER)).hasBinaryContent(CONTENT);
        assertThat(server.requests).last().isEqualTo(FILE + " bytes=70000-");
    }

    @Test
    void download_partOfKilledRun_isResumed() throws IOException {
        server.on(FILE, file(CONTENT));
        leavePart(CONTENT, 60_000);

        assertThat(resolve()).hasBinaryContent(CONTENT);

        assertThat(server.requests).last().isEqualTo(FILE + " bytes=60000-");
    }

    @Test
    void download_serverIgnoresRange_startsFromZero() throws IOException {
        server.on(FILE, truncated(CONTENT, CONTENT.length));
        leavePart(CONTENT, 60_000);

        assertThat(resolve()).hasBinaryContent(CONTENT);
    }

    @Test
    void download_wrongContentRange_startsFromZero() throws IOException {
        server.on(FILE, partial(CONTENT, 10, 10), file(CONTENT));
        leavePart(CONTENT, 60_000);

        assertThat(resolve()).hasBinaryContent(CONTENT);

        assertThat(server.requests).last().isEqualTo(FILE + " whole");
    }

    @Test
    void download_lyingContentRange_isCaughtByTheDigest() throws IOException {
        server.on(FILE, partial(CONTENT, 10, 60_000), file(CONTENT));
        leavePart(CONTENT, 60_000);

        assertThat(resolve()).hasBinaryContent(CONTENT);
    }

    @Test
    void download_rangeNotSatisfiable_startsFromZero() throws IOException {
        server.on(FILE, status(416), file(CONTENT));
        leavePart(CONTENT, CONTENT.length);

        assertThat(resolve()).hasBinaryContent(CONTENT);

        assertThat(server.requests).last().isEqualTo(FILE + " whole");
    }

    @Test
    void download_serverErrors_areRetried() {
        server.on(FILE, status(503), status(500), status(429), file(CONTENT));

        assertThat(resolve()).hasBinaryContent(CONTENT);
    }

    @Test
    void download_serverErrorsForEver_givesUpAfterFiveAttempts() {
        server.on(FILE, status(503));

        assertThatThrownBy(this::resolve)
                .hasMessageContaining("download: attempt 5 of 5: " + server.base() + FILE + " answered 503\n");

        assertThat(server.requestsFor(FILE)).isEqualTo(5);
    }

    @Test
    void download_wrongDigestOnce_isFetchedAgainFromZero() {
        server.on(FILE, file(OTHER), file(CONTENT));

        assertThat(resolve()).hasBinaryContent(CONTENT);
    }

    @Test
    void download_wrongDigestTwice_failsWithoutBuilding() throws IOException {
        server.on(FILE, file(OTHER));
        machine.installGo();

        HcpException e = catchThrowableOfType(HcpException.class, this::resolve);

        assertThat(e.kind()).isEqualTo(ErrorKind.COMPONENT_UNAVAILABLE);
        assertThat(e)
                .hasMessage("kube-apiserver 1.36.3: " + server.base() + FILE + " has the SHA-256 digest "
                        + sha256(OTHER) + " but " + server.base() + FILE + ".sha256 says " + sha256(CONTENT)
                        + ". Remedy: find out what stands between this machine and " + server.base()
                        + ", or name a trusted kube-apiserver 1.36.3 with binary(...)");
        assertThat(machine.goCalls()).isEmpty();
        assertThat(machine.cached(Machine.APISERVER)).doesNotExist();
        assertThat(machine.cache.resolve("work")).isDirectoryNotContaining("glob:**.part");
    }

    @Test
    void download_digestIsNoDigest_isAReason() {
        server.on(FILE + ".sha256", text("<html>Please log in</html>"));

        assertThatThrownBy(this::resolve)
                .hasMessageContaining(
                        "download: " + server.base() + FILE + ".sha256 has no SHA-256 digest of kube-apiserver\n");
    }

    @Test
    void download_notFound_isBuiltInstead() throws IOException {
        machine.installGo();
        server.on(FILE + ".sha256", status(404));

        assertThat(resolve()).isEqualTo(machine.cached(Machine.APISERVER));

        assertThat(machine.goCalls()).hasSize(1);
    }

    @Test
    void download_programOfOtherVersion_isNotCached() {
        byte[] wrong = Machine.program(new Program("kube-apiserver", "1.35.4")).getBytes(StandardCharsets.UTF_8);
        server.on(FILE + ".sha256", text(sha256(wrong))).on(FILE, file(wrong));

        assertThatThrownBy(this::resolve)
                .hasMessageContaining(
                        "download: the kube-apiserver that was delivered is 1.35.4 but 1.36.3 is wanted\n");
        assertThat(machine.cached(Machine.APISERVER)).doesNotExist();
    }

    @Test
    void download_serverUnreachable_isAskedOnce() {
        ResolverSettings settings = machine.settings();

        assertThatThrownBy(() -> new ComponentResolver(settings).resolve(List.of(Machine.APISERVER, Machine.SCHEDULER)))
                .hasMessageContaining("download: http://127.0.0.1:1: connection refused\n")
                .hasMessageContaining("not to be had either: kube-scheduler 1.36.3");

        assertThat(machine.activities)
                .filteredOn(line -> line.contains("downloading"))
                .hasSize(1);
    }

    @Test
    void download_interruptedWhileStalled_isCancelledAndKeepsThePart() {
        Thread caller = Thread.currentThread();
        server.on(FILE, server.stalled(CONTENT, 70_000, caller::interrupt), file(CONTENT));

        HcpException e = catchThrowableOfType(
                HcpException.class,
                () -> new ComponentResolver(serverSettings().withLimits(stallLimit(Duration.ofHours(1))))
                        .resolve(List.of(Machine.APISERVER)));

        assertThat(Thread.interrupted()).as("interrupt flag").isTrue();
        assertThat(e.kind()).isEqualTo(ErrorKind.CANCELLED);
        assertThat(e)
                .hasMessage("providing kube-apiserver 1.36.3 was interrupted"
                        + ". Remedy: call again; what was downloaded so far is kept");
        assertThat(resolve()).hasBinaryContent(CONTENT);
    }

    @Test
    void download_etcd_isUnpackedFromItsArchive() throws Exception {
        machine.link("tar", "gzip");
        byte[] archive = etcdArchive();
        String name = "etcd-v3.6.16-linux-" + ARCH + ".tar.gz";
        server.on("/v3.6.16/" + name, file(archive))
                .on("/v3.6.16/SHA256SUMS", text("0".repeat(64) + "  other\n" + sha256(archive) + "  " + name + "\n"));

        Path etcd = new ComponentResolver(serverSettings())
                .resolve(List.of(Machine.ETCD))
                .get(Machine.ETCD);

        assertThat(etcd).isEqualTo(machine.cached(Machine.ETCD)).hasContent(Machine.program(Machine.ETCD));
    }

    @Test
    void download_etcdArchiveIsNone_isAReason() throws Exception {
        machine.link("tar", "gzip");
        String name = "etcd-v3.6.16-linux-" + ARCH + ".tar.gz";
        server.on("/v3.6.16/" + name, file(CONTENT))
                .on("/v3.6.16/SHA256SUMS", text(sha256(CONTENT) + "  " + name + "\n"));

        assertThatThrownBy(() -> new ComponentResolver(serverSettings()).resolve(List.of(Machine.ETCD)))
                .hasMessageContaining("download: tar cannot unpack etcd-v3.6.16-linux-" + ARCH + "/etcd: ");
    }

    @Test
    void download_damagedEntry_isReplaced() throws IOException {
        server.on(FILE, file(CONTENT));
        Files.writeString(resolve(), "#!/bin/sh\n");

        assertThat(resolve()).hasBinaryContent(CONTENT);
        Files.delete(machine.cached(Machine.APISERVER).resolveSibling("kube-apiserver.sha256"));
        assertThat(resolve()).hasBinaryContent(CONTENT);

        assertThat(server.requestsFor(FILE)).isEqualTo(3);
    }

    private Path resolve() {
        Map<Program, Path> found = new ComponentResolver(serverSettings()).resolve(List.of(Machine.APISERVER));
        return found.values().iterator().next();
    }

    private ResolverSettings serverSettings() {
        return machine.settings().withKubernetesDownloads(server.base()).withEtcdDownloads(server.base());
    }

    private static ResolverLimits stallLimit(Duration stall) {
        ResolverLimits fast = Machine.FAST;
        return new ResolverLimits(fast.connect(), stall, fast.backOff(), fast.versionCommand(), fast.build());
    }

    private void leavePart(byte[] content, int bytes) throws IOException {
        Path part = machine.cache.resolve("work/kube-apiserver-1.36.3-linux-" + ARCH + "/kube-apiserver.part");
        Files.createDirectories(part.resolveSibling("."));
        Files.write(part, Arrays.copyOf(content, bytes));
    }

    private byte[] etcdArchive() throws Exception {
        String member = "etcd-v3.6.16-linux-" + ARCH + "/etcd";
        Path release = directory.resolve("release");
        Machine.script(release.resolve(member), Machine.program(Machine.ETCD));
        Path archive = directory.resolve("etcd.tar.gz");
        Process tar = new ProcessBuilder("tar", "-czf", archive.toString(), "-C", release.toString(), member).start();
        assertThat(tar.waitFor()).isZero();
        return Files.readAllBytes(archive);
    }
}
