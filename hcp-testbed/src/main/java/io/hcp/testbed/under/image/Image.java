package io.hcp.testbed.under.image;

import io.hcp.core.internal.component.Program;
import io.hcp.testbed.Programs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A container image of one layer. It also has {@code /tmp}, {@code /etc}, {@code /var}, {@code /run}, and users
 * {@code root} and {@code nobody}.
 *
 * @param name with its tag, for example {@code registry.k8s.io/pause:3.10}
 * @param files static binaries by their absolute paths in the image
 * @param links symbolic links by their absolute paths in the image
 * @param entrypoint what a container runs
 * @param command the arguments, unless the pod gives others
 */
public record Image(
        String name,
        Map<String, Path> files,
        Map<String, String> links,
        List<String> entrypoint,
        List<String> command) {
    /** What a pod's network namespace is kept with; containerd is told this name. */
    public static final String PAUSE = "registry.k8s.io/pause:3.10";

    /**
     * {@code sh}, {@code wget}, {@code nc}, {@code httpd} and so on, for workloads of tests. Debian's {@code wget -T}
     * crashes: say {@code timeout 2 wget}.
     */
    public static final String BUSYBOX = "docker.io/library/busybox:1";

    private static final Path BUSYBOX_FILE = Path.of("/bin/busybox");
    private static final List<String> APPLETS = List.of(
            "sh",
            "ash",
            "cat",
            "cp",
            "date",
            "dd",
            "echo",
            "env",
            "grep",
            "head",
            "hostname",
            "httpd",
            "id",
            "ip",
            "kill",
            "ls",
            "mkdir",
            "mount",
            "nc",
            "nslookup",
            "ping",
            "printf",
            "ps",
            "rm",
            "sed",
            "seq",
            "sleep",
            "stat",
            "sync",
            "tail",
            "test",
            "time",
            "timeout",
            "top",
            "touch",
            "true",
            "wc",
            "wget",
            "yes");

    /** Copies the collections. */
    public Image {
        files = Map.copyOf(files);
        links = Map.copyOf(links);
        entrypoint = List.copyOf(entrypoint);
        command = List.copyOf(command);
    }

    /**
     * Describes the image of one static binary, at {@code /usr/local/bin} and by a link at the top.
     *
     * @param name with its tag
     * @param binary the file; the image's entrypoint
     * @param program what it is called in the image
     * @return the image
     */
    public static Image of(String name, Path binary, String program) {
        String path = "/usr/local/bin/" + program;
        return new Image(name, Map.of(path, binary), Map.of("/" + program, path), List.of("/" + program), List.of());
    }

    /**
     * Describes the images of one release of Kubernetes: API server, controller manager and scheduler.
     *
     * @param version for example {@code 1.36.3}; programs that are not cached are downloaded or built
     * @return named as the project names them
     */
    public static List<Image> ofKubernetes(String version) {
        List<Program> programs = List.of(
                new Program("kube-apiserver", version),
                new Program("kube-controller-manager", version),
                new Program("kube-scheduler", version));
        List<Image> images = new ArrayList<>();
        Programs.provide(programs)
                .forEach((program, file) ->
                        images.add(of("registry.k8s.io/" + program.name() + ":v" + version, file, program.name())));
        return images;
    }

    /**
     * Describes the images that every under cluster has: a Kubernetes release, etcd, CoreDNS, MetalLB, pause, busybox.
     *
     * @return the images
     */
    public static List<Image> standard() {
        List<Image> images = new ArrayList<>(ofKubernetes(Programs.KUBERNETES_VERSION));
        images.add(of(etcd(), Programs.provide("etcd"), "etcd"));
        images.add(of(coredns(), Programs.provide("coredns"), "coredns"));
        images.add(of(metallb("controller"), Programs.provide("metallb-controller"), "controller"));
        images.add(of(metallb("speaker"), Programs.provide("metallb-speaker"), "speaker"));
        images.add(busybox(PAUSE, List.of("/bin/busybox", "sleep", "2147483647"), List.of()));
        images.add(busybox(BUSYBOX, List.of(), List.of("/bin/sh")));
        return images;
    }

    /**
     * Writes the image to a file, the way {@code docker save} does.
     *
     * @param target the file, which is replaced
     */
    public void archive(Path target) {
        try {
            ImageArchive.write(this, target);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Names the image of etcd.
     *
     * @return with its tag
     */
    public static String etcd() {
        return "registry.k8s.io/etcd:v" + Programs.version("etcd");
    }

    /**
     * Names the image of CoreDNS.
     *
     * @return with its tag
     */
    public static String coredns() {
        return "registry.k8s.io/coredns/coredns:v" + Programs.version("coredns");
    }

    /**
     * Names an image of MetalLB.
     *
     * @param part {@code controller} or {@code speaker}
     * @return with its tag
     */
    public static String metallb(String part) {
        return "quay.io/metallb/" + part + ":v" + Programs.version("metallb-" + part);
    }

    private static Image busybox(String name, List<String> entrypoint, List<String> command) {
        Map<String, String> links = new TreeMap<>();
        APPLETS.forEach(applet -> links.put("/bin/" + applet, "busybox"));
        return new Image(name, Map.of("/bin/busybox", BUSYBOX_FILE), links, entrypoint, command);
    }
}
