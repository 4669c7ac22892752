package io.hcp.core.internal.cluster.plan;

import io.hcp.core.internal.plan.Task;
import java.time.Duration;

/** What sort of work a step with objects of an under cluster is. */
public enum ClusterTask implements Task {
    /** Store the description, and what is kept beside it. */
    RECORD("record description", 100),
    /** Create the Secrets of authorities and of the service accounts' key. */
    CREATE_AUTHORITIES("create authorities", 300),
    /** Create the Secret of the key with which objects are encrypted from now on. */
    CREATE_KEY("create encryption key", 100),
    /** Apply the Service, and wait for the address. */
    EXPOSE("expose", 1_000),
    /** Issue certificates, and apply the Secrets that pods mount. */
    ISSUE("issue certificates", 500),
    /** Apply the objects of etcd, which is not there. */
    START_DATASTORE("start datastore", 300),
    /** Exchange the members of etcd one by one. */
    ROLL_DATASTORE("roll datastore", 15_000),
    /** Apply the objects of the control plane, which is not there. */
    START_CONTROL_PLANE("start control plane", 300),
    /** Exchange the replicas of the control plane one by one. */
    ROLL_CONTROL_PLANE("roll control plane", 300),
    /** Apply objects that somebody has changed or deleted, whose pods stay. */
    REPAIR("repair objects", 300),
    /** Wait until every replica serves what it should. */
    AWAIT_ROLLOUT("await rollout", 20_000),
    /** Bind the first roles in the tenant, and tell it its own address. */
    BOOTSTRAP("bind first roles", 500),
    /** Tell the tenant its own address, which may have changed. */
    PUBLISH("publish endpoint", 200),
    /** Wait until the control plane is ready. */
    AWAIT_READY("await readiness", 3_000),
    /** Delete the tenant's own object, which its finalizer keeps. */
    MARK_DELETING("mark deletion", 100),
    /** Delete the pods of the control plane. */
    STOP_CONTROL_PLANE("stop control plane", 30_000),
    /** Delete the pods of etcd. */
    STOP_DATASTORE("stop datastore", 5_000),
    /** Delete everything else, the tenant's own object last. */
    REMOVE("remove objects", 2_000),
    /** Delete everything else but what the tenant can be brought back from. */
    RETAIN("retain data", 2_000);

    private final String title;
    private final Duration typical;

    ClusterTask(String title, int typicalMillis) {
        this.title = title;
        this.typical = Duration.ofMillis(typicalMillis);
    }

    @Override
    public String title() {
        return title;
    }

    /** How long it takes on a small cluster that has other work too. */
    Duration typical() {
        return typical;
    }
}
