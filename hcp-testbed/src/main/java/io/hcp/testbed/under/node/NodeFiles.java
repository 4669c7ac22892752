package io.hcp.testbed.under.node;

import io.hcp.pki.CertificateAuthority;
import io.hcp.pki.CertificateTemplate;
import io.hcp.pki.CertificateUsage;
import io.hcp.pki.Credential;
import io.hcp.pki.Kubeconfig;
import io.hcp.testbed.under.host.Names;
import io.hcp.testbed.under.host.Shell;
import io.hcp.testbed.under.image.Image;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;

/**
 * Writes what a node finds in its {@code /etc}.
 *
 * @param authority the cluster's
 * @param authorityPem what the cluster's clients trust
 * @param server the API server
 */
public record NodeFiles(CertificateAuthority authority, String authorityPem, URI server) {
    private static final Duration VALIDITY = Duration.ofDays(30);
    private static final Clock CLOCK = Clock.systemUTC();

    private static final String CONTAINERD = """
            version = 2
            disabled_plugins = ["io.containerd.internal.v1.opt", "io.containerd.snapshotter.v1.btrfs"]
            [plugins."io.containerd.grpc.v1.cri"]
              sandbox_image = "%s"
              # Lowering a process's score needs CAP_SYS_RESOURCE, which root lacks on some machines.
              restrict_oom_score_adj = true
              [plugins."io.containerd.grpc.v1.cri".cni]
                bin_dir = "/usr/lib/cni"
                conf_dir = "/etc/cni/net.d"
            """;

    private static final String CNI = """
            {"cniVersion": "0.4.0", "name": "under", "plugins": [
              {"type": "bridge", "bridge": "cni0", "isGateway": true, "ipMasq": false, "hairpinMode": true,
               "ipam": {"type": "host-local", "ranges": [[{"subnet": "%s"}]], "routes": [{"dst": "0.0.0.0/0"}]}},
              {"type": "portmap", "capabilities": {"portMappings": true}}]}
            """;

    /** Disk and memory are the machine's: what one node used up would evict pods of all. */
    private static final String KUBELET = """
            apiVersion: kubelet.config.k8s.io/v1beta1
            kind: KubeletConfiguration
            authentication:
              anonymous: {enabled: false}
              webhook: {enabled: true}
              x509: {clientCAFile: /etc/kubernetes/pki/ca.crt}
            authorization: {mode: Webhook}
            tlsCertFile: /etc/kubernetes/pki/kubelet.crt
            tlsPrivateKeyFile: /etc/kubernetes/pki/kubelet.key
            address: %1$s
            healthzBindAddress: 127.0.0.1
            clusterDNS: [%2$s]
            clusterDomain: cluster.local
            cgroupDriver: cgroupfs
            cgroupRoot: /%3$s
            failCgroupV1: false
            failSwapOn: false
            containerRuntimeEndpoint: unix:///run/containerd/containerd.sock
            evictionHard: {memory.available: 100Mi, nodefs.available: 1%%, imagefs.available: 1%%}
            imageGCHighThresholdPercent: 100
            rotateCertificates: false
            resolvConf: /etc/resolv.conf
            staticPodPath: ""
            """;

    /**
     * Writes the files of a node.
     *
     * @param etc the directory that lies over the machine's own {@code /etc}
     * @param index of the node, from 1
     * @param name of the node
     */
    public void write(Path etc, int index, String name) {
        String address = Names.nodeAddress(index);
        Path pki = etc.resolve("kubernetes/pki");
        Shell.write(pki.resolve("ca.crt"), authorityPem);
        Credential kubelet = issue(CertificateTemplate.client("system:node:" + name, VALIDITY, "system:nodes")
                .withUsage(CertificateUsage.SERVER_AUTH)
                .withDnsNames(name)
                .withIpAddresses(address));
        Shell.write(pki.resolve("kubelet.crt"), kubelet.certificatePem());
        Shell.write(pki.resolve("kubelet.key"), kubelet.keyPem());
        kubeconfig(etc.resolve("kubernetes/kubelet.conf"), kubelet);
        kubeconfig(
                etc.resolve("kubernetes/kube-proxy.conf"),
                issue(CertificateTemplate.client("system:kube-proxy", VALIDITY)));
        Shell.write(
                etc.resolve("kubernetes/kubelet.yaml"),
                KUBELET.formatted(address, Names.DNS_ADDRESS, Names.namespace(index)));
        Shell.write(etc.resolve("containerd/config.toml"), CONTAINERD.formatted(Image.PAUSE));
        Shell.write(etc.resolve("cni/net.d/10-under.conflist"), CNI.formatted(Names.podSubnet(index)));
        Shell.write(etc.resolve("hosts"), "127.0.0.1 localhost\n" + address + " " + name + "\n");
        Shell.write(etc.resolve("hostname"), name + "\n");
        // The machine's name server may be on its loopback address, which is another one in here.
        Shell.write(etc.resolve("resolv.conf"), "search .\n");
    }

    private Credential issue(CertificateTemplate template) {
        return authority.issue(template, CLOCK);
    }

    private void kubeconfig(Path file, Credential client) {
        Shell.write(file, Kubeconfig.embedded("under", server, authorityPem, client));
    }
}
