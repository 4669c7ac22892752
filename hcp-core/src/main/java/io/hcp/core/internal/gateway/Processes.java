package io.hcp.core.internal.gateway;

import io.hcp.api.error.HcpException;
import io.hcp.api.model.Component;
import io.hcp.core.internal.blueprint.ComponentBlueprint;
import io.hcp.core.internal.usage.Load;
import java.util.Collection;
import java.util.List;

/**
 * A tenant's components. One that was started here, or adopted, is watched over until it is stopped or the lease is given
 * back: started again when it ends, ended when it no longer answers.
 */
public interface Processes {
    /**
     * A component that runs.
     *
     * @param component which one
     * @param digest the fingerprint of what it was started as, see {@link ComponentBlueprint#digest()}
     * @param pid its process id
     */
    record Running(Component component, String digest, long pid) {}

    /** {@return all that run, whoever started them; of one component there may be several} */
    List<Running> running();

    /**
     * A component that runs, and what it uses.
     *
     * @param component which one
     * @param pid its process id
     * @param load what it uses
     */
    record Measured(Component component, long pid, Load load) {}

    /** {@return what each of those that run uses} */
    List<Measured> measure();

    /**
     * Sees to it that a component runs as drawn up, and only so: one that does is kept, any other of that component is
     * ended first. Does not wait until it serves. Not atomic.
     *
     * @param lease the right to do so
     * @param blueprint as it should run
     * @param ports where it will listen
     * @throws io.hcp.api.error.ComponentFailedException with kind {@code PORT_BUSY} if somebody else listens there
     */
    void start(Lease lease, ComponentBlueprint blueprint, List<Integer> ports);

    /**
     * Asks whether a component that was started serves, and watches over it from the first yes.
     *
     * @param blueprint as it was started
     * @return true if it does
     * @throws io.hcp.api.error.ComponentFailedException with the last lines of its log, if it ended
     */
    boolean isServing(ComponentBlueprint blueprint);

    /**
     * Returns the last lines that a component has logged, at most 20 and none of before it was started, to show with a
     * failure.
     *
     * @param component which one
     * @return oldest first; empty if there are none
     */
    default List<String> lastLogLines(Component component) {
        return List.of();
    }

    /**
     * Ends a component, however many of it run, and waits until they are gone.
     *
     * @param lease the right to do so
     * @param component which one
     * @throws HcpException with kind {@code TIMEOUT} if one does not end even when killed
     */
    void stop(Lease lease, Component component);

    /**
     * Watches over those that already run as drawn up.
     *
     * @param lease the right to do so
     * @param blueprints as components should run
     */
    void adopt(Lease lease, Collection<ComponentBlueprint> blueprints);

    /** {@return true if every component is watched over} */
    boolean watchesAll();

    /**
     * Counts restarts of a component.
     *
     * @param component which one
     * @return how often it was started again here
     */
    int restarts(Component component);
}
