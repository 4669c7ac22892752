package io.hcp.testbed.under;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.hcp.testbed.under.host.Names;
import io.hcp.testbed.under.image.Image;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** How {@link UnderCluster#start} makes a cluster. Not thread-safe. */
public final class UnderClusterOptions {
    private static final int NODES = 4;
    private static final int VOLUMES = 6;
    private static final int MOST_VOLUMES = 100;

    private int nodes = NODES;
    private int volumes = VOLUMES;
    private final List<Image> images = new ArrayList<>();
    private Consumer<String> progress = System.out::println;

    UnderClusterOptions() {}

    /**
     * Sets how many nodes there are at the start.
     *
     * @param count 1 to 64; default 4
     * @return these options
     */
    @CanIgnoreReturnValue
    public UnderClusterOptions nodes(int count) {
        if (count < 1 || count > Names.MOST_NODES) {
            throw new IllegalArgumentException("nodes: " + count + ". Remedy: 1 to " + Names.MOST_NODES);
        }
        nodes = count;
        return this;
    }

    /**
     * Sets how many volumes of StorageClass {@code local} each node has.
     *
     * @param count 0 to 100; default 6
     * @return these options
     */
    @CanIgnoreReturnValue
    public UnderClusterOptions volumesPerNode(int count) {
        if (count < 0 || count > MOST_VOLUMES) {
            throw new IllegalArgumentException("volumesPerNode: " + count + ". Remedy: 0 to " + MOST_VOLUMES);
        }
        volumes = count;
        return this;
    }

    /**
     * Adds images to the standard ones.
     *
     * @param more what pods are to find on every node
     * @return these options
     */
    @CanIgnoreReturnValue
    public UnderClusterOptions images(List<Image> more) {
        images.addAll(more);
        return this;
    }

    /**
     * Sets who hears what is going on.
     *
     * @param listener gets a line of text, from any thread; default standard output
     * @return these options
     */
    @CanIgnoreReturnValue
    public UnderClusterOptions progress(Consumer<String> listener) {
        progress = listener;
        return this;
    }

    int nodes() {
        return nodes;
    }

    int volumes() {
        return volumes;
    }

    List<Image> images() {
        return List.copyOf(images);
    }

    Consumer<String> progress() {
        return progress;
    }
}
