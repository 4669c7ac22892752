package io.hcp.core.internal.spec.rules;

import io.hcp.api.model.EtcdProfile;
import io.hcp.api.model.Quantity;
import io.hcp.api.model.TenantControlPlane;
import io.hcp.core.internal.spec.form.Problems;
import java.time.Duration;
import java.util.List;

/**
 * Rules of the tenant's own etcd.
 *
 * @see <a href="https://etcd.io/docs/v3.6/tuning/">etcd: tuning</a>
 */
public final class DataStoreRules {
    /** The rules. */
    public static final List<Rule> ALL = List.of(DataStoreRules::sizes, DataStoreRules::times);

    private static final String PATH = "spec.dataStore.etcd.";
    private static final Quantity LEAST_QUOTA = Quantity.parse("64Mi");
    private static final Quantity MOST_QUOTA = Quantity.parse("16Gi");
    private static final Duration LEAST_HEARTBEAT = Duration.ofMillis(10);
    private static final Duration MOST_HEARTBEAT = Duration.ofSeconds(10);
    private static final Duration MOST_ELECTION = Duration.ofSeconds(50);
    private static final Duration DEFAULT_HEARTBEAT = Duration.ofMillis(100);
    private static final Duration DEFAULT_ELECTION = Duration.ofSeconds(1);
    private static final int HEARTBEATS_PER_ELECTION = 5;

    private DataStoreRules() {}

    private static void sizes(TenantControlPlane tenant, Problems problems) {
        EtcdProfile etcd = tenant.dataStore().etcd();
        etcd.quotaBackendBytes()
                .filter(quota -> quota.compareTo(LEAST_QUOTA) < 0 || quota.compareTo(MOST_QUOTA) > 0)
                .ifPresent(quota -> problems.add(
                        "QuotaOutOfRange",
                        PATH + "quotaBackendBytes",
                        quota,
                        "use " + LEAST_QUOTA + " to " + MOST_QUOTA));
        etcd.snapshotCount().stream()
                .filter(count -> count < 1)
                .forEach(count ->
                        problems.add("SnapshotCountOutOfRange", PATH + "snapshotCount", count, "use at least 1"));
    }

    private static void times(TenantControlPlane tenant, Problems problems) {
        EtcdProfile etcd = tenant.dataStore().etcd();
        etcd.heartbeatInterval().ifPresent(heartbeat -> {
            wholeMillis(heartbeat, "heartbeatInterval", problems);
            if (heartbeat.compareTo(LEAST_HEARTBEAT) < 0 || heartbeat.compareTo(MOST_HEARTBEAT) > 0) {
                problems.add("HeartbeatOutOfRange", PATH + "heartbeatInterval", heartbeat, "use 10ms to 10s");
            }
        });
        etcd.electionTimeout().ifPresent(election -> wholeMillis(election, "electionTimeout", problems));
        Duration heartbeat = etcd.heartbeatInterval().orElse(DEFAULT_HEARTBEAT);
        Duration election = etcd.electionTimeout().orElse(DEFAULT_ELECTION);
        boolean tooShort = heartbeat.compareTo(MOST_HEARTBEAT) <= 0
                && election.compareTo(heartbeat.multipliedBy(HEARTBEATS_PER_ELECTION)) < 0;
        if (tooShort || election.compareTo(MOST_ELECTION) > 0) {
            problems.add(
                    "ElectionTimeoutOutOfRange",
                    PATH + "electionTimeout",
                    election,
                    "use at least 5 times the heartbeat interval of " + heartbeat.toMillis() + "ms, and at most 50s");
        }
    }

    /** etcd's flags are numbers of milliseconds. */
    private static void wholeMillis(Duration duration, String field, Problems problems) {
        if (duration.toNanosPart() % 1_000_000 != 0) {
            problems.add("NotWholeMilliseconds", PATH + field, duration, "use whole milliseconds");
        }
    }
}
