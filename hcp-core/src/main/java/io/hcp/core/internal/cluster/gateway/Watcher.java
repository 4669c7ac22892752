package io.hcp.core.internal.cluster.gateway;

import io.hcp.core.internal.cluster.form.ClusterObject;

/** Hears of objects. Told in an order per object that never goes back; must not block and must not throw. */
public interface Watcher {
    /**
     * An object is there, or has changed. Told of all objects at first, and maybe again when nothing has changed.
     *
     * @param object as it is stored
     */
    void seen(ClusterObject object);

    /**
     * An object is gone.
     *
     * @param object as it was stored last
     */
    void gone(ClusterObject object);
}
