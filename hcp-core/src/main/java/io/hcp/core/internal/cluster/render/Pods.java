package io.hcp.core.internal.cluster.render;

import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.LabelSelectorBuilder;
import io.fabric8.kubernetes.api.model.LocalObjectReference;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.PodDNSConfig;
import io.fabric8.kubernetes.api.model.PodDNSConfigBuilder;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.PodSecurityContextBuilder;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.Toleration;
import io.fabric8.kubernetes.api.model.TolerationBuilder;
import io.fabric8.kubernetes.api.model.TopologySpreadConstraint;
import io.fabric8.kubernetes.api.model.TopologySpreadConstraintBuilder;
import io.hcp.api.model.PodProfile;
import io.hcp.api.model.RegistrySettings;
import io.hcp.api.model.TaintEffect;
import io.hcp.api.model.TolerationOperator;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What the pods of a tenant have in common: they meet the Pod Security Standard {@code restricted}.
 *
 * @param frame what all objects have in common
 * @param component the part that they are
 * @param profile what the description says of them
 * @see <a href="https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted">Restricted</a>
 */
record Pods(Frame frame, String component, PodProfile profile) {
    /** Nobody's; no image has a user of this number. */
    private static final long USER = 65532;

    private static final String HOST = "kubernetes.io/hostname";
    private static final String ZONE = "topology.kubernetes.io/zone";
    private static final String REVISION = "pod-template-hash";

    /**
     * Draws what is written on the pods.
     *
     * @param digest what they are drawn up from
     */
    ObjectMeta metadata(String digest) {
        return new ObjectMetaBuilder()
                .withLabels(frame.labels(component, profile.labels()))
                .withAnnotations(Frame.with(Map.of(Frame.DIGEST_ANNOTATION, digest), profile.annotations()))
                .build();
    }

    LabelSelector selector() {
        return new LabelSelectorBuilder()
                .withMatchLabels(frame.selector(component))
                .build();
    }

    PodSpecBuilder spec(RegistrySettings registry) {
        return new PodSpecBuilder()
                .withServiceAccountName(frame.names().controlPlane())
                .withAutomountServiceAccountToken(false)
                .withEnableServiceLinks(false)
                .withDnsConfig(impatient())
                .withSecurityContext(security())
                .withNodeSelector(nodeSelector())
                .withPriorityClassName(profile.priorityClassName().orElse(null))
                .withRuntimeClassName(profile.runtimeClassName().orElse(null))
                .withImagePullSecrets(registry.imagePullSecrets().stream()
                        .map(LocalObjectReference::new)
                        .toList());
    }

    /**
     * While a node is gone on which a DNS server was, one query in two or three gets no answer until Kubernetes notices,
     * about 50 s later. A name takes up to four queries, and kube-apiserver ends when it has not reached etcd within 20 s,
     * and is started again after longer and longer pauses: so who gets no answer asks again soon, not after the usual 5 s.
     */
    private static PodDNSConfig impatient() {
        return new PodDNSConfigBuilder()
                .addNewOption()
                .withName("timeout")
                .withValue("1")
                .endOption()
                .addNewOption()
                .withName("attempts")
                .withValue("5")
                .endOption()
                .build();
    }

    private SortedMap<String, String> nodeSelector() {
        return new TreeMap<>(profile.nodeSelector());
    }

    private static PodSecurityContext security() {
        return new PodSecurityContextBuilder()
                .withRunAsNonRoot(true)
                .withRunAsUser(USER)
                .withRunAsGroup(USER)
                .withFsGroup(USER)
                .withFsGroupChangePolicy("OnRootMismatch")
                .withNewSeccompProfile()
                .withType("RuntimeDefault")
                .endSeccompProfile()
                .build();
    }

    /** The tolerations of the description. */
    List<Toleration> tolerations() {
        return profile.tolerations().stream().map(Pods::toleration).toList();
    }

    /**
     * The tolerations of pods that keep nothing: they go from a node that is gone after this time, instead of the 5 minutes of
     * Kubernetes' own default, unless the description says otherwise.
     */
    List<Toleration> tolerationsLeaving(Duration after) {
        Stream<Toleration> leaving = Stream.of("node.kubernetes.io/not-ready", "node.kubernetes.io/unreachable")
                .filter(taint -> profile.tolerations().stream()
                        .noneMatch(wanted -> wanted.key().filter(taint::equals).isPresent()))
                .map(taint -> new TolerationBuilder()
                        .withKey(taint)
                        .withOperator(TolerationOperator.EXISTS.toString())
                        .withEffect(TaintEffect.NO_EXECUTE.toString())
                        .withTolerationSeconds(after.toSeconds())
                        .build());
        return Stream.concat(leaving, tolerations().stream()).toList();
    }

    private static Toleration toleration(io.hcp.api.model.Toleration wanted) {
        return new TolerationBuilder()
                .withKey(wanted.key().orElse(null))
                .withOperator(wanted.operator().orElse(TolerationOperator.EQUAL).toString())
                .withValue(wanted.value().orElse(null))
                .withEffect(wanted.effect().map(TaintEffect::toString).orElse(null))
                .withTolerationSeconds(
                        wanted.tolerationSeconds().map(Duration::toSeconds).orElse(null))
                .build();
    }

    /**
     * Spreads replicas that can move: one per node before there are two on any, zones as far as it goes. Replicas of another
     * revision do not count, or three on three nodes would leave none for a surge; nodes that are gone or cordoned do not
     * count, or nothing could replace what was there.
     */
    List<TopologySpreadConstraint> spreadOfReplicas() {
        return List.of(
                spread(HOST, "DoNotSchedule")
                        .withNodeTaintsPolicy("Honor")
                        .withMatchLabelKeys(REVISION)
                        .build(),
                spread(ZONE, "ScheduleAnyway").withMatchLabelKeys(REVISION).build());
    }

    /**
     * Spreads members of a quorum. Nodes that are cordoned do count: a member that moved beside another one would stay there,
     * and the next node that is lost would take the quorum; waiting, it is seen, and goes where it belongs. Where fewer nodes
     * than members may be used, for example by a node selector, the others wait, too.
     */
    List<TopologySpreadConstraint> spreadOfMembers(int members) {
        return List.of(
                spread(HOST, "DoNotSchedule").withMinDomains(members).build(),
                spread(ZONE, "ScheduleAnyway").build());
    }

    private TopologySpreadConstraintBuilder spread(String over, String otherwise) {
        return new TopologySpreadConstraintBuilder()
                .withMaxSkew(1)
                .withTopologyKey(over)
                .withWhenUnsatisfiable(otherwise)
                .withLabelSelector(selector());
    }
}
