package io.hcp.testbed.engine;

import io.hcp.api.error.ErrorKind;
import io.hcp.api.error.HcpException;
import io.hcp.api.model.TenantControlPlane;
import io.hcp.core.HostedControlPlanes;
import io.hcp.testbed.fake.FakeWorld;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What somebody asks for, and asks for again until nothing is left to do. */
sealed interface Ask {
    /** In the time of the test: long enough for a machine under load. */
    Duration LIMIT = Duration.ofSeconds(60);

    /** After this time of the world, whoever had an old view has the present one. */
    Duration AGAIN_AFTER = Duration.ofSeconds(6);

    String tenant();

    /** Asks once, and waits. */
    void make(HostedControlPlanes hcp);

    /** Tells whether nothing is left to do. */
    boolean isDone(HostedControlPlanes hcp);

    /** Brings a tenant to a description. */
    record Apply(TenantControlPlane described) implements Ask {
        @Override
        public String tenant() {
            return described.name();
        }

        @Override
        public void make(HostedControlPlanes hcp) {
            hcp.apply(described).awaitReady(LIMIT);
        }

        @Override
        public boolean isDone(HostedControlPlanes hcp) {
            return hcp.plan(described).isEmpty();
        }
    }

    /** Brings a tenant back to what is stored. */
    record Reconcile(String tenant) implements Ask {
        @Override
        public void make(HostedControlPlanes hcp) {
            hcp.reconcile(tenant).await(LIMIT);
        }

        @Override
        public boolean isDone(HostedControlPlanes hcp) {
            return hcp.get(tenant).isEmpty() || hcp.plan(tenant).isEmpty();
        }
    }

    /** Removes a tenant. */
    record Delete(String tenant) implements Ask {
        @Override
        public void make(HostedControlPlanes hcp) {
            hcp.delete(tenant).await(LIMIT);
        }

        @Override
        public boolean isDone(HostedControlPlanes hcp) {
            try {
                return hcp.planDelete(tenant).isEmpty();
            } catch (HcpException gone) {
                return gone.kind() == ErrorKind.NOT_FOUND;
            }
        }
    }

    /**
     * Asks until nothing is left to do. A caller asks again after failures of which the library says that this helps, and
     * if there is no such tenant, which is how a deletion ends. Whoever has an old view may refuse for what is no more.
     *
     * @param jvms who is asked: each time the next one
     * @param limit how many times at most
     * @return how often it was asked
     */
    default int untilDone(FakeWorld world, Supplier<Jvm> jvms, int limit) {
        @Nullable HcpException last = null;
        for (int times = 1; times <= limit; times++) {
            Jvm jvm = jvms.get();
            try {
                make(jvm.hcp());
            } catch (HcpException e) {
                if (!e.retryable() && e.kind() != ErrorKind.NOT_FOUND && !jvm.behind()) {
                    throw new AssertionError(this + " cannot succeed any more", e);
                }
                last = e;
            }
            try (Jvm looking = Jvm.on(world)) {
                if (isDone(looking.hcp())) {
                    return times;
                }
            }
            world.time().advance(AGAIN_AFTER);
        }
        throw new AssertionError("%s is not done after %d calls".formatted(this, limit), last);
    }
}
