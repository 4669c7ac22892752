package io.hcp.core.internal.blueprint;

import io.hcp.api.model.Component;
import io.hcp.api.model.IpAddress;
import io.hcp.api.model.TenantControlPlane;
import io.hcp.core.internal.catalog.Release;
import io.hcp.pki.Authority;
import io.hcp.pki.Kubeconfig;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * All that a tenant's components are drawn up from.
 *
 * @param tenant the description, with its defaults resolved
 * @param release what its minor is made of
 * @param ports where its components listen
 * @param encryption what is encrypted, and was
 * @param layout where its files are
 * @param revision the rules by which it is drawn up, see {@link Blueprint#RENDER_REVISION}
 * @param topology where its components run
 */
public record BlueprintInput(
        TenantControlPlane tenant,
        Release release,
        Ports ports,
        EncryptionState encryption,
        TenantLayout layout,
        int revision,
        Topology topology) {

    /** Draws up processes of one machine. */
    public BlueprintInput(
            TenantControlPlane tenant,
            Release release,
            Ports ports,
            EncryptionState encryption,
            TenantLayout layout,
            int revision) {
        this(tenant, release, ports, encryption, layout, revision, Topology.MACHINE);
    }

    String version() {
        return tenant.kubernetesVersion().toString();
    }

    /** {@return where the components beside it reach the API server, for example {@code https://127.0.0.1:20003}} */
    public URI apiServer() {
        return topology.apiServer(this);
    }

    /** How to see whether a component is well. */
    HealthCheck health(Component component, String started, String ready) {
        int port = component == Component.ETCD
                ? topology.etcdHealth(ports)
                : ports.of(component).get(0);
        Authority trust = component == Component.ETCD ? Authority.ETCD : Authority.CLUSTER;
        return new HealthCheck(listens(component), port, started, ready, trust);
    }

    IpAddress listens(Component component) {
        return topology.listens(component, this);
    }

    TenantLayout files(Component component) {
        return topology.files(component, layout);
    }

    Map<String, String> placed(Component component) {
        return topology.flags(component, this);
    }

    String clusterDomain() {
        return tenant.networkProfile().clusterDomain().orElse("cluster.local");
    }

    /** The feature gates that a component knows, in the form of its flag. */
    Optional<String> featureGates(Component component) {
        return featureGates(component, Map.of());
    }

    /** The feature gates that a component knows, beside presets that the description may change. */
    Optional<String> featureGates(Component component, Map<String, Boolean> presets) {
        SortedMap<String, Boolean> gates = new TreeMap<>(presets);
        tenant.kubernetes().featureGates().forEach((gate, enabled) -> {
            if (release.gate(gate)
                    .filter(known -> known.components().contains(component))
                    .isPresent()) {
                gates.put(gate, enabled);
            }
        });
        return Optional.of(gates.entrySet().stream().map(Map.Entry::toString).collect(Collectors.joining(",")))
                .filter(text -> !text.isEmpty());
    }

    /** The kubeconfig with which a component finds the API server, as that component's own file. */
    Map<Path, ConfigFile> kubeconfig(Component component, String leaf) {
        String content = Kubeconfig.referencing(
                component.binaryName(),
                apiServer(),
                layout.trustBundle("ca"),
                layout.certificate(leaf),
                layout.key(leaf));
        return Map.of(layout.kubeconfig(component), ConfigFile.of(content));
    }

    static URI url(IpAddress address, int port) {
        return URI.create("https://" + (address.isIpv4() ? address : "[" + address + "]") + ":" + port);
    }
}
