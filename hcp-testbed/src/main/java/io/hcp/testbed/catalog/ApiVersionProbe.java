package io.hcp.testbed.catalog;

import io.hcp.api.model.KeyAlgorithm;
import io.hcp.pki.ServiceAccountKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Finds the API versions of configuration files, by giving the real programs a file of each. A file for kube-apiserver
 * has a field that does not exist, so that the program ends at once: either it does not know the version, or the field.
 */
final class ApiVersionProbe {
    /** The most stable first. */
    private static final List<String> VERSIONS =
            List.of("v1", "v1beta5", "v1beta4", "v1beta3", "v1beta2", "v1beta1", "v1alpha2", "v1alpha1");

    private static final Map<String, String> KUBEADM_GROUPS = Map.of(
            "ClusterConfiguration", "kubeadm.k8s.io",
            "InitConfiguration", "kubeadm.k8s.io",
            "JoinConfiguration", "kubeadm.k8s.io",
            "KubeletConfiguration", "kubelet.config.k8s.io",
            "KubeProxyConfiguration", "kubeproxy.config.k8s.io");

    private static final List<ServerFile> SERVER_FILES = List.of(
            new ServerFile("AuthenticationConfiguration", "apiserver.config.k8s.io", "authentication-config"),
            new ServerFile("AuthorizationConfiguration", "apiserver.config.k8s.io", "authorization-config"),
            new ServerFile("EgressSelectorConfiguration", "apiserver.k8s.io", "egress-selector-config-file"),
            new ServerFile("EncryptionConfiguration", "apiserver.config.k8s.io", "encryption-provider-config"),
            new ServerFile("Policy", "audit.k8s.io", "audit-policy-file"),
            new ServerFile("TracingConfiguration", "apiserver.config.k8s.io", "tracing-config-file"));

    private final ReleasePrograms programs;
    private final Path directory;

    ApiVersionProbe(ReleasePrograms programs, Path directory) {
        this.programs = programs;
        this.directory = directory;
    }

    private record ServerFile(String kind, String group, String flag) {}

    SortedMap<String, List<String>> apiVersions() throws IOException {
        SortedMap<String, List<String>> result = new TreeMap<>();
        for (Map.Entry<String, String> form : KUBEADM_GROUPS.entrySet()) {
            List<String> known = new ArrayList<>();
            for (String version : VERSIONS) {
                if (kubeadmReads(form.getKey(), form.getValue() + "/" + version)) {
                    known.add(form.getValue() + "/" + version);
                }
            }
            result.put(form.getKey(), known);
        }
        ServiceAccountKey key = ServiceAccountKey.create(KeyAlgorithm.ECDSA_P256);
        Files.writeString(directory.resolve("sa.key"), key.privateKeyPem());
        Files.writeString(directory.resolve("sa.pub"), key.publicKeyPem());
        for (ServerFile file : SERVER_FILES) {
            List<String> known = new ArrayList<>();
            for (String version : VERSIONS) {
                if (serverReads(file, file.group() + "/" + version)) {
                    known.add(file.group() + "/" + version);
                }
            }
            result.put(file.kind(), known);
        }
        return result;
    }

    /** Kubeadm reads what it neither finds unknown nor too old; that a form is not complete does not matter. */
    private boolean kubeadmReads(String kind, String apiVersion) throws IOException {
        String output = programs.run("kubeadm", List.of("config", "validate", "--config=" + file(kind, apiVersion, "")))
                .output();
        return !output.contains("unknown configuration APIs") && !output.contains("old API spec");
    }

    private boolean serverReads(ServerFile file, String apiVersion) throws IOException {
        Path config = file(file.kind(), apiVersion, "noSuchField: 1\n");
        String output = programs.run(
                        "kube-apiserver",
                        List.of(
                                "--" + file.flag() + "=" + config,
                                "--audit-log-path=-",
                                "--cert-dir=" + directory,
                                "--etcd-servers=http://127.0.0.1:1",
                                "--service-account-issuer=https://kubernetes.default.svc",
                                "--service-account-key-file=" + directory.resolve("sa.pub"),
                                "--service-account-signing-key-file=" + directory.resolve("sa.key")))
                .output()
                .replace("\\\"", "\""); // the log quotes the error
        if (output.contains("no kind \"" + file.kind() + "\" is registered")) {
            return false;
        }
        // A policy for audits is read first and then refused because it is empty.
        if (output.contains("unknown field \"noSuchField\"") || output.contains("illegal policy with 0 rules")) {
            return true;
        }
        throw new IllegalStateException(
                "kube-apiserver does not say whether it reads " + file.kind() + " as " + apiVersion + ": " + output);
    }

    private Path file(String kind, String apiVersion, String more) throws IOException {
        return Files.writeString(
                directory.resolve(kind + ".yaml"), "apiVersion: " + apiVersion + "\nkind: " + kind + "\n" + more);
    }
}
