package io.hcp.testbed.fake;

import io.hcp.core.internal.cluster.form.ClusterObject;
import io.hcp.core.internal.cluster.form.Kind;
import io.hcp.core.internal.cluster.gateway.Presence;
import io.hcp.core.internal.cluster.gateway.UnderCluster.Following;
import io.hcp.core.internal.cluster.gateway.Watcher;
import io.hcp.core.internal.cluster.render.Frame;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What one JVM hears of the world by itself: at each of its calls, what is otherwise than at the one before. */
final class FakeFollowing {
    private final FakeUnderCluster cluster;
    private final SortedMap<String, ClusterObject> known = new TreeMap<>();
    private Set<String> instances = Set.of();
    private @Nullable Watcher watcher;
    private @Nullable Runnable rearranged;

    FakeFollowing(FakeUnderCluster cluster) {
        this.cluster = cluster;
    }

    synchronized Following begin(Watcher told) {
        watcher = told;
        return this::end;
    }

    private synchronized void end() {
        watcher = null;
    }

    synchronized Presence announce(Runnable told) {
        cluster.world().instances().put(cluster.toString(), cluster);
        rearranged = told;
        return new Announced();
    }

    private final class Announced implements Presence {
        @Override
        public String name() {
            return cluster.toString();
        }

        @Override
        public Set<String> instances() {
            return present();
        }

        @Override
        public void close() {
            cluster.world().instances().remove(name());
        }
    }

    Set<String> present() {
        return cluster.world().instances().entrySet().stream()
                .filter(entry -> entry.getValue().keepsLeases())
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    /** In order, by one thread at a time; who is told may make calls that come here again on other threads. */
    void tell() {
        if (watcher == null && rearranged == null) {
            return;
        }
        synchronized (this) {
            Set<String> now = present();
            boolean others = !now.equals(instances);
            instances = now;
            if (others && rearranged != null) {
                rearranged.run();
            }
            if (watcher != null) {
                tell(watcher, cluster.world().objects());
            }
        }
    }

    private void tell(Watcher told, SortedMap<String, ClusterObject> objects) {
        objects.forEach((id, object) -> {
            if (isFollowed(object) && !object.equals(known.put(id, object))) {
                told.seen(object);
            }
        });
        Map<String, ClusterObject> gone = new TreeMap<>(known);
        gone.keySet().removeAll(objects.keySet());
        gone.forEach((id, object) -> {
            known.remove(id);
            told.gone(object);
        });
    }

    private static boolean isFollowed(ClusterObject object) {
        return object.kind().equals(Kind.TENANT)
                || (Kind.OWNED.contains(object.kind())
                        && object.label(Frame.TENANT_LABEL).isPresent());
    }
}
