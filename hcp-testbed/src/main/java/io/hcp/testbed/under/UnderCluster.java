package io.hcp.testbed.under;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.hcp.api.error.ErrorKind;
import io.hcp.api.error.HcpException;
import io.hcp.core.internal.files.ProcessLock;
import io.hcp.core.internal.time.Time;
import io.hcp.testbed.Programs;
import io.hcp.testbed.under.host.Bridge;
import io.hcp.testbed.under.host.Leftovers;
import io.hcp.testbed.under.host.Names;
import io.hcp.testbed.under.host.Requirements;
import io.hcp.testbed.under.host.Shell;
import io.hcp.testbed.under.host.Sweeper;
import io.hcp.testbed.under.image.Image;
import io.hcp.testbed.under.image.ImageStore;
import io.hcp.testbed.under.node.NodeFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * A real Kubernetes cluster on this one machine, for tests: its control plane is one of the local backend's, its nodes
 * are real kubelets with real containers, each in namespaces and cgroups of its own, joined by a bridge. It has DNS,
 * load balancers (MetalLB), local volumes, and the images of control planes. Needs root; one at a time per machine.
 *
 * <p>It is gone without a trace after {@link #close}, and also if this process is killed.
 */
public final class UnderCluster implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration NODE_LIMIT = Duration.ofMinutes(2);
    private static final List<String> NODE_PROGRAMS = List.of("kubelet", "kube-proxy");

    private final long begun = System.nanoTime();
    private final UnderClusterOptions options;
    private final List<UnderNode> nodes = new CopyOnWriteArrayList<>();
    private final List<Path> imported = new CopyOnWriteArrayList<>();
    private final Parallel parallel = new Parallel();
    private final AtomicInteger outsides = new AtomicInteger();
    private final ProcessLock lock;
    private final Sweeper sweeper;
    private Optional<UnderControlPlane> controlPlane = Optional.empty();
    private Optional<ImageStore> images = Optional.empty();
    private Optional<Volumes> volumes = Optional.empty();
    private List<Path> nodePrograms = List.of();

    private UnderCluster(UnderClusterOptions options, ProcessLock lock, Sweeper sweeper) {
        this.options = options;
        this.lock = lock;
        this.sweeper = sweeper;
    }

    /**
     * Tells why there can be no under cluster on this machine.
     *
     * @return what {@link #start} would throw; empty if there can be one
     */
    public static Optional<HcpException> obstacle() {
        return Requirements.obstacle();
    }

    /**
     * Starts a cluster and waits until its nodes and add-ons are ready. The first time on a machine, programs are
     * downloaded or built, and missing Debian packages installed; later it takes less than a minute. Waits while another
     * process has one.
     *
     * @param options changes the defaults
     * @return close it to remove it
     * @throws HcpException if something stands in the way: {@link #obstacle}, or what its parts throw
     */
    public static UnderCluster start(Consumer<UnderClusterOptions> options) {
        UnderClusterOptions chosen = new UnderClusterOptions();
        options.accept(chosen);
        Optional<HcpException> obstacle = obstacle();
        if (obstacle.isPresent()) {
            throw obstacle.get();
        }
        Requirements.install(chosen.progress());
        ProcessLock lock = lock(chosen.progress());
        Sweeper.sweepNow();
        UnderCluster cluster = new UnderCluster(chosen, lock, Sweeper.begin());
        try {
            cluster.start();
            return cluster;
        } catch (RuntimeException | Error e) {
            cluster.close();
            throw e;
        }
    }

    private static ProcessLock lock(Consumer<String> progress) {
        Path file = Programs.cache().resolve("under").resolve("cluster.lock");
        try {
            return ProcessLock.acquire(
                    file, POLL, () -> progress.accept("waiting for another under cluster of this machine to end"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Time.cancelled();
        }
    }

    private void start() {
        Bridge.create();
        CompletableFuture<ImageStore> store = parallel.begin(this::provideImages);
        CompletableFuture<UnderControlPlane> plane = parallel.begin(() -> new UnderControlPlane(this::say));
        controlPlane = Optional.of(Parallel.join(plane));
        say("the control plane is ready");
        images = Optional.of(Parallel.join(store));
        say("the images are ready");
        Shell.write(kubeconfigFile(), kubeconfig());
        volumes = Optional.of(new Volumes(client(), options.volumes()));
        CompletableFuture<Void> addOns = parallel.run(() -> AddOns.apply(client()));
        addNodes(options.nodes());
        Void unused = Parallel.join(addOns);
        AddOns.awaitReady(client(), this::say);
        say("the under cluster is ready");
    }

    private ImageStore provideImages() {
        List<Image> all = new ArrayList<>(Image.standard());
        all.addAll(options.images());
        nodePrograms = NODE_PROGRAMS.stream().map(Programs::provide).toList();
        return ImageStore.provide(all, this::say);
    }

    /**
     * Adds a node and waits until it is ready.
     *
     * @return the node
     */
    public UnderNode addNode() {
        return addNodes(1).get(0);
    }

    private synchronized List<UnderNode> addNodes(int count) {
        if (nodes.size() + count > Names.MOST_NODES) {
            throw new HcpException(
                    ErrorKind.BLOCKED,
                    "there cannot be " + (nodes.size() + count) + " nodes, but " + Names.MOST_NODES,
                    "use those that there are");
        }
        List<UnderNode> added = IntStream.rangeClosed(nodes.size() + 1, nodes.size() + count)
                .mapToObj(index -> new UnderNode(index, this))
                .toList();
        nodes.addAll(added);
        parallel.forEach(added, this::bringUp);
        return added;
    }

    private void bringUp(UnderNode node) {
        images.orElseThrow().copyTo(node.directory().resolve("lib/containerd"));
        UnderControlPlane plane = controlPlane.orElseThrow();
        new NodeFiles(plane.authority(), plane.authorityPem(), plane.endpoint())
                .write(node.directory().resolve("etc"), node.index(), node.name());
        nodePrograms.forEach(node.machine()::install);
        client().resource(node.object()).create();
        node.start();
        imported.forEach(node::importArchive);
        volumes.orElseThrow().create(node);
        node.awaitReady(true, NODE_LIMIT);
        say("node " + node.name() + " is ready");
    }

    /**
     * Brings an image to all nodes that are switched on, and to those that are added later. The images that every run needs are better given
     * to {@link UnderClusterOptions#images}, which costs time only once.
     *
     * @param image pods find it with {@code imagePullPolicy: IfNotPresent}
     */
    public synchronized void importImage(Image image) {
        Path archive = Names.DIRECTORY.resolve("image-" + imported.size() + ".tar");
        image.archive(archive);
        parallel.forEach(nodes.stream().filter(UnderNode::isRunning).toList(), node -> node.importArchive(archive));
        imported.add(archive);
    }

    /** The machine itself reaches Services through the first node that is switched on. */
    void routeServices() {
        nodes.stream().filter(UnderNode::isRunning).findFirst().ifPresent(node -> Bridge.routeServices(node.address()));
    }

    /** {@return all nodes, in the order in which they were made; those that are switched off, too} */
    public List<UnderNode> nodes() {
        return List.copyOf(nodes);
    }

    /**
     * Looks a node up.
     *
     * @param name for example {@code under-1}
     * @return the node
     */
    public UnderNode node(String name) {
        return nodes.stream()
                .filter(node -> node.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new HcpException(
                        ErrorKind.NOT_FOUND, "there is no node " + name, "use one of " + nodes + ", or add one"));
    }

    /**
     * Makes a network namespace outside the cluster.
     *
     * @return close it when it is not needed any more; it ends with the cluster at the latest
     */
    public Outside outside() {
        return new Outside(outsides.incrementAndGet());
    }

    /** {@return a client of the administrator, which is closed with the cluster} */
    public KubernetesClient client() {
        return controlPlane.orElseThrow().client();
    }

    /** {@return a kubeconfig of the administrator: a secret} */
    public String kubeconfig() {
        return controlPlane.orElseThrow().kubeconfig();
    }

    /** {@return where that kubeconfig is, for {@code KUBECONFIG}; gone with the cluster} */
    public Path kubeconfigFile() {
        return Names.DIRECTORY.resolve("kubeconfig");
    }

    /** {@return an address of this machine that nodes and pods reach, for servers that a test starts itself} */
    public String hostAddress() {
        return Names.BRIDGE_ADDRESS;
    }

    /**
     * Looks for processes, mounts, network namespaces, links, cgroups, packet filter rules and files of an under cluster.
     *
     * @return a line for each; empty before one was started and after it was closed
     */
    public static List<String> leftovers() {
        return Leftovers.find();
    }

    private void say(String what) {
        double seconds = (System.nanoTime() - begun) / 1e9;
        options.progress().accept(String.format(Locale.ROOT, "  under cluster %6.1f s  %s", seconds, what));
    }

    /** Removes the cluster and all that belongs to it. */
    @Override
    public void close() {
        try (lock;
                sweeper;
                parallel) {
            volumes.ifPresent(Volumes::close);
            controlPlane.ifPresent(UnderControlPlane::close);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
