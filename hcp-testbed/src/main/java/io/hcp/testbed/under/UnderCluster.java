package io.hcp.testbed.under;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.hcp.core.internal.files.ProcessLock;
import io.hcp.testbed.Programs;
import io.hcp.testbed.under.host.Bridge;
import io.hcp.testbed.under.host.Leftovers;
import io.hcp.testbed.under.host.Names;
import io.hcp.testbed.under.host.Requirements;
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
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

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
    private final AtomicInteger outsides = new AtomicInteger();
    private final ProcessLock lock;
    private final Sweeper sweeper;
    private Optional<UnderControlPlane> controlPlane = Optional.empty();
    private Optional<ImageStore> images = Optional.empty();
    private Optional<Volumes> volumes = Optional.empty();

    private UnderCluster(UnderClusterOptions options, ProcessLock lock, Sweeper sweeper) {
        this.options = options;
        this.lock = lock;
        this.sweeper = sweeper;
    }

    /**
     * Tells why there can be no under cluster on this machine.
     *
     * @return the reason and a remedy; empty if there can be one
     */
    public static Optional<String> obstacle() {
        return Requirements.obstacle();
    }

    /**
     * Starts a cluster and waits until its nodes and add-ons are ready. The first time on a machine, programs are
     * downloaded or built, and missing Debian packages installed; later it takes less than a minute. Waits while another
     * process has one.
     *
     * @param options changes the defaults
     * @return close it to remove it
     * @throws IllegalStateException if something stands in the way, with a remedy
     */
    public static UnderCluster start(Consumer<UnderClusterOptions> options) {
        UnderClusterOptions chosen = new UnderClusterOptions();
        options.accept(chosen);
        obstacle().ifPresent(reason -> {
            throw new IllegalStateException(reason);
        });
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
            throw new IllegalStateException("interrupted", e);
        }
    }

    private void start() {
        Bridge.create();
        CompletableFuture<ImageStore> store = CompletableFuture.supplyAsync(this::provideImages);
        CompletableFuture<UnderControlPlane> plane =
                CompletableFuture.supplyAsync(() -> new UnderControlPlane(this::say));
        images = Optional.of(join(store));
        controlPlane = Optional.of(join(plane));
        say("the control plane is ready");
        volumes = Optional.of(new Volumes(client(), options.volumes()));
        CompletableFuture<Void> addOns = CompletableFuture.runAsync(() -> AddOns.apply(client()));
        addNodes(options.nodes());
        join(addOns);
        AddOns.awaitReady(client(), this::say);
        say("the under cluster is ready");
    }

    private ImageStore provideImages() {
        List<Image> all = new ArrayList<>(Image.standard());
        all.addAll(options.images());
        NODE_PROGRAMS.forEach(Programs::provide);
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
        List<UnderNode> added = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            if (nodes.size() == Names.MOST_NODES) {
                throw new IllegalStateException("there are " + Names.MOST_NODES + " nodes. Remedy: use those");
            }
            UnderNode node = new UnderNode(nodes.size() + 1, this);
            nodes.add(node);
            added.add(node);
        }
        List<CompletableFuture<Void>> work = added.stream()
                .map(node -> CompletableFuture.runAsync(() -> bringUp(node)))
                .toList();
        work.forEach(UnderCluster::join);
        return added;
    }

    private void bringUp(UnderNode node) {
        images.orElseThrow().copyTo(node.directory().resolve("lib/containerd"));
        UnderControlPlane plane = controlPlane.orElseThrow();
        new NodeFiles(plane.authority(), plane.authorityPem(), plane.endpoint())
                .write(node.directory().resolve("etc"), node.index(), node.name());
        NODE_PROGRAMS.forEach(program -> node.machine().install(Programs.provide(program)));
        client().resource(node.object()).create();
        node.start();
        volumes.orElseThrow().create(node);
        node.awaitReady(true, NODE_LIMIT);
        say("node " + node.name() + " is ready");
    }

    /** The machine itself reaches Services through the first node that is switched on. */
    void routeServices() {
        nodes.stream()
                .filter(node -> node.machine().isRunning())
                .findFirst()
                .ifPresent(node -> Bridge.routeServices(node.address()));
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
                .orElseThrow(() -> new IllegalArgumentException("there is no node " + name));
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

    private static <T> T join(CompletableFuture<T> future) {
        try {
            return future.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
    }

    /** Removes the cluster and all that belongs to it. */
    @Override
    public void close() {
        try (lock;
                sweeper) {
            volumes.ifPresent(Volumes::close);
            List<CompletableFuture<Void>> work = nodes.stream()
                    .map(node -> CompletableFuture.runAsync(node.machine()::kill))
                    .toList();
            work.forEach(UnderCluster::join);
            controlPlane.ifPresent(UnderControlPlane::close);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
