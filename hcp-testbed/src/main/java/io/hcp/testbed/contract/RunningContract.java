package io.hcp.testbed.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.hcp.api.model.Component;
import io.hcp.core.internal.blueprint.ComponentBlueprint;
import io.hcp.core.internal.gateway.Lease;
import io.hcp.core.internal.time.Time;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** What the suites share that run components: a tenant with record, certificates and programs, which is ended after. */
public abstract class RunningContract extends GatewayContract {
    /** {@return how long a component may take to start or to end} */
    protected abstract Duration patience();

    /** {@return the time in which components start and end} */
    protected abstract Time time();

    @BeforeEach
    void prepare() {
        subject()
                .machine()
                .programs()
                .provide(subject().blueprint().components().values());
        gateways().records().write(lease(), subject().record(), Optional.empty());
        gateways().certificates().create(lease(), subject().described());
    }

    @AfterEach
    void end() {
        lease().close();
        try (Lease own = subject().machine().acquire(subject().name())) {
            for (Component component : Component.values()) {
                gateways().processes().stop(own, component);
            }
            gateways().storage().remove(own, gateways().records().readIfIntact());
        }
    }

    /**
     * Starts a component as it is drawn up.
     *
     * @param component which one
     */
    protected final void start(Component component) {
        gateways()
                .processes()
                .start(lease(), blueprint(component), subject().ports().of(component));
    }

    /**
     * Starts a component and waits until it serves.
     *
     * @param component which one
     */
    protected final void startAndAwait(Component component) {
        start(component);
        await(component);
    }

    /**
     * Waits until a component serves.
     *
     * @param component which one
     */
    protected final void await(Component component) {
        assertThat(time().until(patience(), () -> gateways().processes().isServing(blueprint(component))))
                .as(component + " serves")
                .isTrue();
    }

    /**
     * Returns a component as it is drawn up.
     *
     * @param component which one
     * @return its blueprint
     */
    protected final ComponentBlueprint blueprint(Component component) {
        return subject().blueprint().of(component);
    }
}
