package io.hcp.core.internal.cluster;

import io.hcp.core.internal.cluster.form.ClusterObject;
import io.hcp.core.internal.cluster.form.Kind;
import io.hcp.core.internal.cluster.gateway.Presence;
import io.hcp.core.internal.cluster.gateway.UnderCluster;
import io.hcp.core.internal.cluster.gateway.UnderCluster.Following;
import io.hcp.core.internal.cluster.gateway.Watcher;
import io.hcp.core.internal.cluster.pki.PodFiles;
import io.hcp.core.internal.cluster.record.OwnObject;
import io.hcp.core.internal.cluster.render.Frame;
import io.hcp.core.internal.maintain.Follower;
import io.hcp.core.internal.maintain.Maintained;
import io.hcp.core.internal.maintain.Shares;
import io.hcp.core.internal.time.Time;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What a namespace of an under cluster tells of its tenants to who looks after them. Of each object only its version is
 * kept; what this process has written itself, or looked at, is no news. Thread-safe.
 */
final class ClusterMaintenance implements Maintained {
    /** The annotation that says until when a tenant is left alone, as RFC 3339 has it. */
    static final String PAUSED_UNTIL = "hcp.io/paused-until";

    /** Longer than it takes until a process that has ended is taken for gone: what was told of meanwhile nobody may have done. */
    private static final Duration UNSEEN = Duration.ofSeconds(30);

    private final UnderCluster cluster;
    private final Function<String, TenantCell> cells;
    private final Consumer<String> gone;
    private final Time time;
    private final RandomGenerator random;

    /**
     * Takes a namespace.
     *
     * @param cells what this process has in hands of each tenant
     * @param gone hears of tenants of which nothing is to be kept in hands: they had keys
     */
    ClusterMaintenance(
            UnderCluster cluster,
            Function<String, TenantCell> cells,
            Consumer<String> gone,
            Time time,
            RandomGenerator random) {
        this.cluster = cluster;
        this.cells = cells;
        this.gone = gone;
        this.time = time;
        this.random = random;
    }

    @Override
    public Time time() {
        return time;
    }

    @Override
    public RandomGenerator random() {
        return random;
    }

    @Override
    public void later(Duration delay, Runnable work) {
        cluster.later(delay, work);
    }

    @Override
    public Membership join(Follower follower) {
        Joined joined = new Joined(follower);
        joined.begin();
        return joined;
    }

    /** What a tenant's own object says: whether something is to be done. */
    private record Own(long generation, boolean urgent, Optional<Instant> paused) {
        static Own of(ClusterObject object) {
            long generation = object.number("metadata", "generation");
            boolean observed = object.number("status", "observedGeneration") >= generation;
            String phase = object.text("status", "phase").orElse("");
            boolean calm = phase.equals("Ready") || phase.equals("Blocked");
            return new Own(generation, !observed || !calm || object.isDeleting(), paused(object));
        }

        /** What cannot be read pauses nothing. */
        private static Optional<Instant> paused(ClusterObject object) {
            try {
                return object.annotation(PAUSED_UNTIL).map(Instant::parse);
            } catch (DateTimeParseException e) {
                return Optional.empty();
            }
        }
    }

    private final class Joined implements Membership, Watcher {
        private final Follower follower;
        private final Map<String, Own> owns = new ConcurrentHashMap<>();
        private final Map<String, Map<String, String>> versions = new ConcurrentHashMap<>();
        private final Set<String> bereft = ConcurrentHashMap.newKeySet();
        private final Map<String, Boolean> mine = new ConcurrentHashMap<>();
        /** When something was told last of each tenant. */
        private final Map<String, Long> heard = new ConcurrentHashMap<>();

        private volatile @Nullable Presence presence;
        private volatile @Nullable Following following;

        Joined(Follower follower) {
            this.follower = follower;
        }

        void begin() {
            presence = cluster.announce(this::rearranged);
            following = cluster.follow(this);
        }

        @Override
        public void seen(ClusterObject object) {
            if (object.kind().equals(Kind.TENANT)) {
                seenOwn(object);
                return;
            }
            tenant(object).ifPresent(tenant -> {
                String version = version(object);
                String before = versions.computeIfAbsent(tenant, name -> new ConcurrentHashMap<>())
                        .put(object.id(), version);
                if (!version.equals(before) && owns.containsKey(tenant)) {
                    changed(tenant);
                }
            });
        }

        private void changed(String tenant) {
            heard.put(tenant, time.nanoTime());
            follower.changed(tenant);
        }

        /** Whether who looked after a tenant until now may not have done what was to be done. */
        private boolean maybeUnseen(String tenant) {
            Long last = heard.get(tenant);
            return last != null && time.nanoTime() - last < UNSEEN.toNanos();
        }

        private void seenOwn(ClusterObject object) {
            Own fresh = Own.of(object);
            Own before = owns.put(object.name(), fresh);
            if (before == null) {
                mine.put(object.name(), isMine(object.name()));
                follower.seen(object.name(), fresh.urgent());
            } else if (before.generation() != fresh.generation()
                    || !before.paused().equals(fresh.paused())) {
                follower.seen(object.name(), true); // somebody waits for it
            } else if (fresh.urgent()) {
                follower.changed(object.name());
            }
        }

        @Override
        public void gone(ClusterObject object) {
            if (object.kind().equals(Kind.TENANT)) {
                owns.remove(object.name());
                versions.remove(object.name());
                mine.remove(object.name());
                bereft.remove(object.name());
                heard.remove(object.name());
                gone.accept(object.name());
                follower.gone(object.name());
                return;
            }
            tenant(object).ifPresent(tenant -> {
                Optional.ofNullable(versions.get(tenant)).ifPresent(known -> known.remove(object.id()));
                if (owns.containsKey(tenant)) {
                    bereft.add(tenant);
                    changed(tenant);
                }
            });
        }

        private static Optional<String> tenant(ClusterObject object) {
            return object.label(Frame.TENANT_LABEL);
        }

        /** What tells of the status alone is no other version. */
        private static String version(ClusterObject object) {
            long generation = object.number("metadata", "generation");
            return object.uid().orElse("")
                    + (generation > 0
                            ? " " + generation
                            : "/" + object.resourceVersion().orElse(""));
        }

        private void rearranged() {
            owns.forEach((tenant, own) -> {
                boolean now = isMine(tenant);
                boolean before = Boolean.TRUE.equals(mine.put(tenant, now));
                if (now && !before) {
                    follower.seen(tenant, own.urgent() || maybeUnseen(tenant));
                }
            });
        }

        @Override
        public boolean isMine(String tenant) {
            Presence held = presence;
            return held != null
                    && Shares.owner(held.instances(), tenant)
                            .filter(held.name()::equals)
                            .isPresent();
        }

        @Override
        public boolean isSettled(String tenant) {
            Own own = owns.get(tenant);
            if (own == null || own.urgent() || bereft.remove(tenant)) {
                return false;
            }
            TenantCell cell = cells.apply(tenant);
            return versions.getOrDefault(tenant, Map.of()).entrySet().stream()
                    .allMatch(seen -> cell.live(seen.getKey())
                            .filter(known -> version(known).equals(seen.getValue()))
                            .isPresent());
        }

        @Override
        public boolean isOutdated(String tenant) {
            Own own = owns.get(tenant);
            TenantCell cell = cells.apply(tenant);
            boolean news = cell.resource()
                    .known()
                    .filter(known -> own != null && known.object().number("metadata", "generation") < own.generation())
                    .isPresent();
            return news || cell.journal().isOutdated();
        }

        @Override
        public boolean isWaiting(String tenant) {
            return cells.apply(tenant).journal().isWaiting();
        }

        @Override
        public Optional<Instant> due(String tenant) {
            TenantCell cell = cells.apply(tenant);
            return cell.resource()
                    .known()
                    .map(OwnObject::spec)
                    .filter(spec -> spec.networkProfile().address().isPresent())
                    .flatMap(spec -> new PodFiles(cell.secrets(), spec, time.clock()).renewAt());
        }

        @Override
        public Optional<Instant> pausedUntil(String tenant) {
            return Optional.ofNullable(owns.get(tenant))
                    .flatMap(Own::paused)
                    .filter(moment -> moment.isAfter(time.instant()));
        }

        @Override
        public void close() {
            Optional.ofNullable(following).ifPresent(Following::close);
            Optional.ofNullable(presence).ifPresent(Presence::close);
        }
    }
}
