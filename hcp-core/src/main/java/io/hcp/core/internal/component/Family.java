package io.hcp.core.internal.component;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Programs that are released together: how they tell their version, and what they are built from. */
enum Family {
    KUBERNETES(
            List.of(
                    "kube-apiserver",
                    "kube-controller-manager",
                    "kube-scheduler",
                    "kubeadm",
                    "kubectl",
                    "kubelet",
                    "kube-proxy"),
            List.of("1.34.4", "1.35.4", "1.36.3", "1.37.2")),
    ETCD(List.of("etcd"), List.of("3.6.16", "3.7.3")),
    COREDNS(List.of("coredns"), List.of("1.14.7")),
    METALLB(List.of("metallb-controller", "metallb-speaker"), List.of("0.16.1"));

    /**
     * {@code Kubernetes v1.36.3}, {@code Client Version: v1.36.3}, {@code etcd Version: 3.6.16}, {@code v1.36.3},
     * {@code CoreDNS-1.14.7}.
     */
    private static final Pattern VERSION = Pattern.compile(
            "^(?:(?:Kubernetes|Client Version:|etcd Version:) |CoreDNS-)?v?(\\d+\\.\\d+\\.\\d+\\S*)",
            Pattern.MULTILINE);

    @SuppressWarnings("ImmutableEnumChecker") // made by List.of
    private final List<String> names;

    @SuppressWarnings("ImmutableEnumChecker") // made by List.of
    private final List<String> recipeVersions;

    Family(List<String> names, List<String> recipeVersions) {
        this.names = names;
        this.recipeVersions = recipeVersions;
    }

    static Optional<Family> find(String programName) {
        return Arrays.stream(values())
                .filter(family -> family.names.contains(programName))
                .findFirst();
    }

    static String allNames() {
        return Arrays.stream(values()).flatMap(family -> family.names.stream()).collect(Collectors.joining(", "));
    }

    static Optional<String> versionIn(String output) {
        Matcher matcher = VERSION.matcher(output);
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    static List<String> versionArguments(String programName) {
        return switch (programName) {
            case "kubeadm" -> List.of("version", "-o", "short");
            case "kubectl" -> List.of("version", "--client");
            case "coredns" -> List.of("-version");
            default -> List.of("--version");
        };
    }

    /** Whether official releases of it are downloaded. MetalLB publishes images only. */
    boolean downloadable() {
        return this == KUBERNETES || this == ETCD;
    }

    /** Whether its programs tell their version when asked. MetalLB's do so only in their log. */
    boolean tellsVersion() {
        return this != METALLB;
    }

    /** The versions that can be built, oldest first. */
    List<String> recipeVersions() {
        return recipeVersions;
    }

    /**
     * A later patch of etcd serves as well: patches of one minor read and write the same data. Everything else is wanted
     * in exactly one version.
     */
    boolean satisfies(String actual, String wanted) {
        if (this != ETCD) {
            return actual.equals(wanted);
        }
        int actualDot = actual.lastIndexOf('.');
        int wantedDot = wanted.lastIndexOf('.');
        String patch = actual.substring(actualDot + 1);
        return actual.substring(0, actualDot).equals(wanted.substring(0, wantedDot))
                && patch.matches("\\d{1,9}")
                && Integer.parseInt(patch) >= Integer.parseInt(wanted.substring(wantedDot + 1));
    }
}
