package io.hcp.core.internal.cluster.install;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.hcp.api.Installation;
import io.hcp.api.Installation.Action;
import io.hcp.api.Installation.Change;
import io.hcp.api.error.ErrorKind;
import io.hcp.api.error.HcpException;
import io.hcp.core.fixture.VirtualTime;
import io.hcp.core.internal.cluster.resource.InstalledObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class InstallerTest {
    private static final String DEFINITION = "tenantcontrolplanes.hcp.io";

    private final Cluster cluster = new Cluster();
    private final Installer installer = new Installer(cluster, new VirtualTime());

    @Test
    void install_emptyCluster_makesDefinitionsFirstAndWaitsUntilTheyAreServed() {
        cluster.servedAfter = 3;

        Installation done = installer.install();

        assertThat(done.changes()).extracting(Change::action).containsOnly(Action.CREATE);
        assertThat(cluster.writes)
                .containsExactly(
                        "create " + DEFINITION,
                        "create hcp",
                        "create hcp-tenants",
                        "create hcp-usage",
                        "create hcp-view",
                        "create hcp-edit");
        assertThat(cluster.servedAfter).isZero();
    }

    @Test
    void install_again_writesNothing() {
        installer.install();
        cluster.writes.clear();

        assertThat(installer.install().isEmpty()).isTrue();
        assertThat(cluster.writes).isEmpty();
        assertThat(installer.plan().toString())
                .startsWith("none   CustomResourceDefinition " + DEFINITION + "\nnone   ClusterRole hcp\n");
    }

    @Test
    void install_newerRevision_isKept() {
        installer.install();
        cluster.writes.clear();
        cluster.annotate(DEFINITION, "2");
        cluster.get(DEFINITION).getAdditionalProperties().put("spec", Map.of("unknown", "to us"));

        assertThat(installer.install().changes().get(0).toString())
                .isEqualTo("keep   CustomResourceDefinition " + DEFINITION + ": it has revision 2, this is 1");
        assertThat(cluster.writes).isEmpty();
    }

    @Test
    void install_revisionThatCannotBeRead_isOlder() {
        installer.install();
        cluster.writes.clear();
        cluster.annotate(DEFINITION, "v2");

        assertThat(installer.plan().changes().get(0).reason()).isEqualTo("from revision 0 to 1");
        installer.install();
        assertThat(cluster.writes).containsExactly("replace " + DEFINITION);
        assertThat(installer.plan().isEmpty()).isTrue();
    }

    @Test
    void install_somebodyElseWasFaster_looksAgain() {
        cluster.conflicts = 2;

        assertThat(installer.install().changes()).extracting(Change::action).containsOnly(Action.CREATE);

        Cluster busy = new Cluster();
        busy.conflicts = 100;
        assertThatThrownBy(() -> new Installer(busy, new VirtualTime()).install())
                .isInstanceOfSatisfying(
                        HcpException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.CONFLICT));
        assertThat(busy.conflicts).isEqualTo(95);
    }

    @Test
    void install_roleOfSomebodyElse_isBlockedBeforeAnythingIsWritten() {
        installer.install();
        cluster.writes.clear();
        cluster.objects.remove(DEFINITION);
        cluster.get("hcp-edit").getMetadata().setLabels(Map.of("app.kubernetes.io/managed-by", "Helm"));

        assertThatThrownBy(installer::install)
                .hasMessageContaining("ClusterRole hcp-edit exists, and is not of this library")
                .hasMessageContaining("Remedy: remove it or give it another name");
        assertThat(cluster.writes).isEmpty();
    }

    @Test
    void install_namesAreTaken_isBlockedWithTheReason() {
        cluster.namesTaken = true;

        assertThatThrownBy(installer::install)
                .isInstanceOfSatisfying(
                        HcpException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.BLOCKED))
                .hasMessageContaining("\"tcp\" is already in use");
    }

    @Test
    void install_neverServed_endsInTime() {
        cluster.servedAfter = Integer.MAX_VALUE;

        assertThatThrownBy(installer::install)
                .isInstanceOfSatisfying(
                        HcpException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.TIMEOUT))
                .hasMessageContaining("is not established after 60 s");
    }

    /** An under cluster in memory. */
    private static final class Cluster implements InstallationObjects {
        private final Map<String, GenericKubernetesResource> objects = new HashMap<>();
        private final List<String> writes = new ArrayList<>();
        private int conflicts;
        private int servedAfter;
        private boolean namesTaken;

        GenericKubernetesResource get(String name) {
            return Objects.requireNonNull(objects.get(name));
        }

        void annotate(String name, String revision) {
            Map<String, String> annotations = new HashMap<>();
            annotations.put("hcp.io/crd-revision", revision);
            get(name).getMetadata().setAnnotations(annotations);
        }

        @Override
        public Optional<GenericKubernetesResource> find(InstalledObject wanted) {
            Optional<GenericKubernetesResource> found = Optional.ofNullable(objects.get(wanted.name()));
            found.ifPresent(this::judge);
            return found;
        }

        private void judge(GenericKubernetesResource object) {
            boolean served = servedAfter == 0;
            servedAfter = Math.max(0, servedAfter - 1);
            object.setAdditionalProperty(
                    "status",
                    Map.of(
                            "conditions",
                            List.of(
                                    Map.of(
                                            "type",
                                            "NamesAccepted",
                                            "status",
                                            namesTaken ? "False" : "True",
                                            "message",
                                            "\"tcp\" is already in use"),
                                    Map.of("type", "Established", "status", served ? "True" : "False"))));
        }

        @Override
        public GenericKubernetesResource create(GenericKubernetesResource object) {
            return write("create ", object);
        }

        @Override
        public GenericKubernetesResource replace(GenericKubernetesResource object) {
            return write("replace ", object);
        }

        private GenericKubernetesResource write(String verb, GenericKubernetesResource object) {
            if (conflicts > 0) {
                conflicts--;
                throw new HcpException(ErrorKind.CONFLICT, "somebody else was faster", "try again");
            }
            writes.add(verb + object.getMetadata().getName());
            objects.put(object.getMetadata().getName(), object);
            return object;
        }
    }
}
