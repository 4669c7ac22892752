package io.hcp.core.internal.spec.rules;

import io.hcp.api.model.PodProfile;
import io.hcp.api.model.RegistrySettings;
import io.hcp.api.model.TaintEffect;
import io.hcp.api.model.TenantControlPlane;
import io.hcp.api.model.Toleration;
import io.hcp.api.model.TolerationOperator;
import io.hcp.core.internal.spec.form.Problems;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Rules of where pods run, what is written on them and on the Service, and where images come from. */
public final class PodRules {
    /** The rules. */
    public static final List<Rule> ALL =
            List.of(PodRules::pods, PodRules::service, PodRules::registry, PodRules::storageClass);

    /** A host with an optional port, and a path: as images are named. */
    private static final Pattern REGISTRY = Pattern.compile(
            "[a-z0-9](?:[-a-z0-9.]*[a-z0-9])?(?::[0-9]{1,5})?(?:/[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*)*");

    private static final String OBJECT_NAME = "use the name of an object: lower-case letters, digits, hyphens and dots";

    private PodRules() {}

    private static void pods(TenantControlPlane tenant, Problems problems) {
        pods("spec.controlPlane.pods", tenant.controlPlane().pods(), problems);
        pods("spec.dataStore.etcd.pods", tenant.dataStore().etcd().pods(), problems);
    }

    private static void pods(String path, PodProfile pods, Problems problems) {
        labels(path + ".nodeSelector", pods.nodeSelector(), false, problems);
        labels(path + ".labels", pods.labels(), true, problems);
        annotations(path + ".annotations", pods.annotations(), problems);
        pods.priorityClassName().ifPresent(name -> name(path + ".priorityClassName", name, problems));
        pods.runtimeClassName().ifPresent(name -> name(path + ".runtimeClassName", name, problems));
        for (int i = 0; i < pods.tolerations().size(); i++) {
            toleration(path + ".tolerations[" + i + "]", pods.tolerations().get(i), problems);
        }
    }

    private static void service(TenantControlPlane tenant, Problems problems) {
        labels("spec.networkProfile.serviceLabels", tenant.networkProfile().serviceLabels(), true, problems);
        annotations(
                "spec.networkProfile.serviceAnnotations",
                tenant.networkProfile().serviceAnnotations(),
                problems);
    }

    private static void labels(String path, Map<String, String> labels, boolean ours, Problems problems) {
        new TreeMap<>(labels).forEach((key, value) -> {
            key(path, key, ours, problems);
            if (!Names.isLabelValue(value)) {
                problems.add(
                        "LabelValueInvalid",
                        path + "[" + key + "]",
                        value,
                        "use at most 63 letters, digits, hyphens, dots and underscores, a letter or digit at both ends");
            }
        });
    }

    private static void annotations(String path, Map<String, String> annotations, Problems problems) {
        new TreeMap<>(annotations).forEach((key, value) -> key(path, key, true, problems));
    }

    /** What selects the pods, and what the engine itself writes, cannot be the user's. */
    private static void key(String path, String key, boolean ours, Problems problems) {
        if (!Names.isQualified(key)) {
            problems.add(
                    "KeyInvalid", path + "[" + key + "]", key, "write a key of labels, for example example.com/team");
        } else if (ours && isReserved(key)) {
            problems.add("KeyReserved", path + "[" + key + "]", key, "use another key: hcp sets this one");
        }
    }

    private static boolean isReserved(String key) {
        return key.startsWith("hcp.io/")
                || key.equals("app.kubernetes.io/managed-by")
                || key.equals("app.kubernetes.io/component")
                || key.equals("pod-template-hash")
                || key.equals("controller-revision-hash");
    }

    private static void toleration(String path, Toleration toleration, Problems problems) {
        boolean exists =
                toleration.operator().filter(TolerationOperator.EXISTS::equals).isPresent();
        toleration
                .key()
                .filter(key -> !Names.isQualified(key))
                .ifPresent(key -> key(path + ".key", key, false, problems));
        if (toleration.key().isEmpty() && !exists) {
            problems.add("TolerationInvalid", path + ".key", "", "write a key, or use the operator Exists");
        }
        toleration.value().ifPresent(value -> {
            if (exists) {
                problems.add("TolerationInvalid", path + ".value", value, "leave it out, or use the operator Equal");
            } else if (!Names.isLabelValue(value)) {
                problems.add("LabelValueInvalid", path + ".value", value, "use a value of labels");
            }
        });
        boolean evicts =
                toleration.effect().filter(TaintEffect.NO_EXECUTE::equals).isPresent();
        toleration
                .tolerationSeconds()
                .filter(time -> !evicts || time.isNegative() || time.toNanosPart() != 0)
                .ifPresent(time -> problems.add(
                        "TolerationInvalid",
                        path + ".tolerationSeconds",
                        time,
                        "use whole seconds with the effect NoExecute, or leave it out"));
    }

    private static void registry(TenantControlPlane tenant, Problems problems) {
        String path = "spec.controlPlane.registrySettings.";
        RegistrySettings settings = tenant.controlPlane().registrySettings();
        settings.registry()
                .filter(registry -> !REGISTRY.matcher(registry).matches())
                .ifPresent(registry -> problems.add(
                        "RegistryInvalid",
                        path + "registry",
                        registry,
                        "write a host, with port and path if needed, for example registry.example.com:5000/mirror"));
        for (int i = 0; i < settings.imagePullSecrets().size(); i++) {
            name(
                    path + "imagePullSecrets[" + i + "]",
                    settings.imagePullSecrets().get(i),
                    problems);
        }
    }

    private static void storageClass(TenantControlPlane tenant, Problems problems) {
        tenant.dataStore()
                .etcd()
                .storage()
                .storageClassName()
                .ifPresent(name -> name("spec.dataStore.etcd.storage.storageClassName", name, problems));
    }

    private static void name(String path, String name, Problems problems) {
        if (!Names.isSubdomain(name)) {
            problems.add("ObjectNameInvalid", path, name, OBJECT_NAME);
        }
    }
}
