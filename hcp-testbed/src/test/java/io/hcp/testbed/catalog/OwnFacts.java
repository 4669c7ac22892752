package io.hcp.testbed.catalog;

import io.hcp.api.model.TenantControlPlane;
import io.hcp.core.internal.blueprint.Blueprint;
import io.hcp.core.internal.blueprint.BlueprintInput;
import io.hcp.core.internal.blueprint.CertificateBlueprint;
import io.hcp.core.internal.blueprint.ComponentBlueprint;
import io.hcp.core.internal.blueprint.EncryptionState;
import io.hcp.core.internal.blueprint.Ports;
import io.hcp.core.internal.blueprint.TenantLayout;
import io.hcp.core.internal.catalog.Release;
import io.hcp.core.internal.spec.SpecDefaults;
import io.hcp.pki.Authority;
import io.hcp.pki.LeafDefinition;
import io.hcp.pki.TenantPki;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * What this library makes of the input that {@link KubeadmFacts} gives to kubeadm. The only place of the comparison that
 * calls the blueprint and the certificates.
 */
final class OwnFacts {
    private static final TenantLayout LAYOUT = new TenantLayout(Path.of("/data/tenants/acme"));

    /** Those of kubeadm, so that they make no difference. */
    private static final Ports PORTS = new Ports(2379, 2380, 6443, 10_257, 10_259);

    private final FactSheet sheet = new FactSheet();
    private final Blueprint blueprint;
    private final List<LeafDefinition> leaves;
    private final TenantPki pki;

    private OwnFacts(Release release) {
        TenantControlPlane tenant = SpecDefaults.resolve(
                TenantControlPlane.builder()
                        .name("acme")
                        .kubernetesVersion(release.versions().kubernetes().toString())
                        .tenantId("t234bcdfghjkmnpq")
                        .networkProfile(n -> n.address("192.0.2.1").addCertSan("acme"))
                        .build(),
                Optional.empty());
        this.blueprint = Blueprint.of(
                new BlueprintInput(tenant, release, PORTS, EncryptionState.NONE, LAYOUT, Blueprint.RENDER_REVISION));
        this.leaves = CertificateBlueprint.definitions(tenant);
        this.pki = TenantPki.create(leaves, Clock.systemUTC());
    }

    static FactSheet of(Release release) {
        OwnFacts facts = new OwnFacts(release);
        facts.collect();
        KubeadmFacts.addDefaults(facts.sheet, release.configuration().kubeletDefaults());
        return facts.sheet;
    }

    private void collect() {
        List<String> inKubeconfigs = new ArrayList<>();
        for (ComponentBlueprint component : blueprint.components().values()) {
            component
                    .flags()
                    .forEach((flag, value) ->
                            sheet.add(component.component().binaryName(), "--" + flag, normalised(value)));
            component.files().forEach((file, content) -> inKubeconfigs.add(addKubeconfig(file, content.template())));
        }
        for (Authority authority : Authority.values()) {
            CertificateFacts.add(
                    sheet,
                    "certificate " + authority.path(),
                    pki.authority(authority).certificate());
        }
        for (LeafDefinition leaf : leaves) {
            if (!inKubeconfigs.contains(leaf.path())) {
                CertificateFacts.add(
                        sheet,
                        "certificate " + leaf.path(),
                        pki.leaf(leaf.path()).certificate());
            }
        }
    }

    /** Kubeadm embeds the certificate that we refer to. Returns its path among the leaves. */
    private String addKubeconfig(Path file, String content) {
        String section = "kubeconfig " + kubeadmName(file.getFileName().toString());
        Map<?, ?> kubeconfig = (Map<?, ?>)
                Objects.requireNonNull(new Load(LoadSettings.builder().build()).loadFromString(content));
        Map<?, ?> user = (Map<?, ?>) ((List<?>) Objects.requireNonNull(kubeconfig.get("users"))).get(0);
        String certificate = (String) Objects.requireNonNull(
                ((Map<?, ?>) Objects.requireNonNull(user.get("user"))).get("client-certificate"));
        String leaf = normalised(certificate).replaceAll("^<pki>/|\\.crt$", "");
        sheet.add(section, "user", String.valueOf(user.get("name")));
        CertificateFacts.add(sheet, section, pki.leaf(leaf).certificate());
        return leaf;
    }

    private static String normalised(String value) {
        String kubeconfigs = LAYOUT.root().resolve("kubeconfig") + "/";
        return value.startsWith(kubeconfigs)
                ? "<kubeconfig>/" + kubeadmName(value.substring(kubeconfigs.length()))
                : value.replace(LAYOUT.pki() + "/", "<pki>/")
                        .replace(LAYOUT.etcdData().toString(), "<etcd>");
    }

    /** Our kubeconfigs are called like the programs, kubeadm's without the prefix. */
    private static String kubeadmName(String kubeconfig) {
        return kubeconfig.replaceFirst("^kube-", "");
    }
}
