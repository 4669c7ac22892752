package io.hcp.testbed.catalog;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** Runs the real kubeadm in a directory, without privileges, and collects what it makes. */
final class KubeadmFacts {
    private static final String CONFIG = """
            apiVersion: kubeadm.k8s.io/v1beta4
            kind: InitConfiguration
            localAPIEndpoint:
              advertiseAddress: 192.0.2.1
              bindPort: 6443
            nodeRegistration:
              name: acme
              criSocket: unix:///run/containerd/containerd.sock
            ---
            apiVersion: kubeadm.k8s.io/v1beta4
            kind: ClusterConfiguration
            kubernetesVersion: v%1$s
            certificatesDir: %2$s
            encryptionAlgorithm: ECDSA-P256
            networking:
              podSubnet: 10.244.0.0/16
              serviceSubnet: 10.96.0.0/12
            """;

    private static final List<String> PROGRAMS =
            List.of("etcd", "kube-apiserver", "kube-controller-manager", "kube-scheduler");

    private final ReleasePrograms programs;
    private final Path directory;
    private final FactSheet sheet = new FactSheet();

    private KubeadmFacts(ReleasePrograms programs, Path directory) {
        this.programs = programs;
        this.directory = directory;
    }

    static FactSheet collect(ReleasePrograms programs, Path directory) throws IOException {
        return new KubeadmFacts(programs, directory).collect();
    }

    private FactSheet collect() throws IOException {
        Path pki = directory.resolve("pki");
        Path kubeconfigs = directory.resolve("kubeconfig");
        Path manifests = Files.createDirectories(directory.resolve("manifests"));
        Path config = Files.writeString(directory.resolve("config.yaml"), CONFIG.formatted(programs.kubernetes(), pki));
        phase(List.of("certs", "all", "--config=" + config));
        phase(List.of("kubeconfig", "all", "--config=" + config, "--kubeconfig-dir=" + kubeconfigs));
        phase(List.of("control-plane", "all", "--config=" + config, "--dry-run"));
        phase(List.of("etcd", "local", "--config=" + config, "--dry-run"));
        for (String program : PROGRAMS) {
            addFlags(program, manifests.resolve(program + ".yaml"), pki);
        }
        addCertificates(pki);
        try (Stream<Path> files = Files.list(kubeconfigs)) {
            for (Path file : files.sorted().toList()) {
                addKubeconfig(file);
            }
        }
        addDefaults(sheet, KubeletDefaults.printedBy(programs));
        return sheet;
    }

    /** In a dry run it writes manifests to the named directory, otherwise below {@code /etc}. */
    private void phase(List<String> arguments) {
        programs.run(
                        "kubeadm",
                        Stream.concat(Stream.of("init", "phase"), arguments.stream())
                                .toList(),
                        Map.of(
                                "KUBEADM_INIT_DRYRUN_DIR",
                                directory.resolve("manifests").toString()))
                .orThrow();
    }

    private void addFlags(String program, Path manifest, Path pki) throws IOException {
        Map<?, ?> pod = (Map<?, ?>) load(manifest);
        Map<?, ?> spec = (Map<?, ?>) Objects.requireNonNull(pod.get("spec"));
        Map<?, ?> container = (Map<?, ?>) ((List<?>) Objects.requireNonNull(spec.get("containers"))).get(0);
        List<?> command = (List<?>) Objects.requireNonNull(container.get("command"));
        for (Object argument : command.subList(1, command.size())) {
            String[] parts = ((String) argument).split("=", 2);
            String value = parts[1].replace(pki + "/", "<pki>/")
                    .replace("/etc/kubernetes/", "<kubeconfig>/")
                    .replace("/var/lib/etcd", "<etcd>");
            sheet.add(program, parts[0], value);
        }
    }

    private void addCertificates(Path pki) throws IOException {
        try (Stream<Path> files = Files.walk(pki)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".crt")).toList()) {
                String name = pki.relativize(file).toString();
                CertificateFacts.add(
                        sheet,
                        "certificate " + name.substring(0, name.length() - ".crt".length()),
                        certificate(Files.readAllBytes(file)));
            }
        }
    }

    private void addKubeconfig(Path file) throws IOException {
        Map<?, ?> user = (Map<?, ?>) only((Map<?, ?>) load(file), "users");
        String section = "kubeconfig " + file.getFileName();
        sheet.add(section, "user", String.valueOf(user.get("name")));
        String pem = (String) Objects.requireNonNull(
                ((Map<?, ?>) Objects.requireNonNull(user.get("user"))).get("client-certificate-data"));
        CertificateFacts.add(sheet, section, certificate(Base64.getDecoder().decode(pem)));
    }

    private static Object only(Map<?, ?> map, String list) {
        return ((List<?>) Objects.requireNonNull(map.get(list))).get(0);
    }

    /** Adds a form of configuration, one fact for each value. */
    static void addDefaults(FactSheet sheet, Map<?, ?> form) {
        addForm(sheet, "", form);
    }

    private static void addForm(FactSheet sheet, String prefix, Map<?, ?> form) {
        form.forEach((key, value) -> {
            if (value instanceof Map<?, ?> inner && !inner.isEmpty()) {
                addForm(sheet, prefix + key + ".", inner);
            } else {
                sheet.add("defaults of the kubelet", prefix + key, String.valueOf(value));
            }
        });
    }

    private static Object load(Path file) throws IOException {
        return Objects.requireNonNull(new Load(LoadSettings.builder().build()).loadFromString(Files.readString(file)));
    }

    private static X509Certificate certificate(byte[] pem) throws IOException {
        try (InputStream in = new ByteArrayInputStream(pem)) {
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
        } catch (CertificateException e) {
            throw new IllegalStateException("kubeadm wrote no certificate", e);
        }
    }
}
