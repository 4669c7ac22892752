package io.hcp.testbed.under;

import io.hcp.api.error.HcpException;
import io.hcp.testbed.Prerequisite;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Gives test classes an {@link UnderCluster}, which all classes of a run share and which ends with the run:
 *
 * <pre>{@code
 * @RegisterExtension
 * static final UnderClusterExtension UNDER = UnderClusterExtension.shared();
 * }</pre>
 *
 * <p>On a machine that cannot have one, the class is skipped with the reason; with {@code CI=true} in the environment it
 * fails.
 */
public final class UnderClusterExtension implements BeforeAllCallback {
    private static final ExtensionContext.Namespace NAMESPACE =
            ExtensionContext.Namespace.create(UnderClusterExtension.class);

    private final Consumer<UnderClusterOptions> options;
    private Optional<Holder> holder = Optional.empty();

    private UnderClusterExtension(Consumer<UnderClusterOptions> options) {
        this.options = options;
    }

    /** {@return with the defaults of {@link UnderClusterOptions}} */
    public static UnderClusterExtension shared() {
        return new UnderClusterExtension(unchanged -> {});
    }

    /**
     * Changes what the cluster is like, if this class is the first of the run to use it.
     *
     * @param options changes the defaults
     * @return an extension
     */
    public static UnderClusterExtension shared(Consumer<UnderClusterOptions> options) {
        return new UnderClusterExtension(options);
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        Prerequisite.needs(UnderCluster.obstacle().map(HcpException::getMessage));
        holder = Optional.of(context.getRoot()
                .getStore(NAMESPACE)
                .getOrComputeIfAbsent(Holder.class, key -> new Holder(), Holder.class));
    }

    /** {@return the cluster, which is started if there is none} */
    public UnderCluster cluster() {
        return holder.orElseThrow(() -> new IllegalStateException("use it in a test, or in @BeforeAll"))
                .cluster(options);
    }

    /** Ends the cluster before the run ends. The next who asks for one gets a new one. */
    public void stop() {
        holder.ifPresent(Holder::close);
    }

    /** What the classes of a run share; JUnit closes it. */
    private static final class Holder implements AutoCloseable {
        private Optional<UnderCluster> cluster = Optional.empty();

        synchronized UnderCluster cluster(Consumer<UnderClusterOptions> options) {
            UnderCluster running = cluster.orElseGet(() -> UnderCluster.start(options));
            cluster = Optional.of(running);
            return running;
        }

        @Override
        public synchronized void close() {
            cluster.ifPresent(UnderCluster::close);
            boolean ended = cluster.isPresent();
            cluster = Optional.empty();
            List<String> left = ended ? UnderCluster.leftovers() : List.of();
            if (!left.isEmpty()) {
                throw new AssertionError("left behind by the under cluster:\n" + String.join("\n", left));
            }
        }
    }
}
