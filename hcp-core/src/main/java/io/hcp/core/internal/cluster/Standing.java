package io.hcp.core.internal.cluster;

import io.hcp.api.Condition;
import io.hcp.api.error.HcpException;
import io.hcp.api.model.TenantControlPlane;
import io.hcp.core.internal.cluster.form.ClusterObject;
import io.hcp.core.internal.cluster.record.OwnObject;
import io.hcp.core.internal.spec.Pinned;
import java.util.Optional;

/**
 * How a tenant stood when an operation began, and which description the operation carries out: the one in the tenant's
 * object can be another one by the time that something is told of it. Pure.
 *
 * @param served whether the tenant was said to be ready
 * @param generation of the object that the operation was planned from; 0 if there was none
 * @param wanted what is carried out; empty if nothing is, since the tenant cannot be reconciled
 */
record Standing(boolean served, long generation, Optional<TenantControlPlane> wanted) {
    static final Standing NONE = new Standing(false, 0, Optional.empty());

    static Standing of(Optional<OwnObject> found) {
        return found.map(OwnObject::object)
                .map(object -> new Standing(isReady(object), generation(object), Optional.empty()))
                .orElse(NONE);
    }

    Standing withWanted(Optional<TenantControlPlane> description) {
        return new Standing(served, generation, description);
    }

    private static boolean isReady(ClusterObject object) {
        return object.objects("status", "conditions").stream()
                .anyMatch(condition ->
                        Condition.READY.equals(condition.get("type")) && "True".equals(condition.get("status")));
    }

    private static long generation(ClusterObject object) {
        return object.number("metadata", "generation");
    }

    /** Returns the generation that the operation is about; 0 if none of the object's is known to be. */
    long observed(ClusterObject object) {
        return isAbout(object) ? generation(object) : object.number("status", "observedGeneration");
    }

    /** Whether the object says what the operation carries out. */
    boolean isAbout(ClusterObject object) {
        return wanted.map(description -> describes(object, description)).orElse(generation == generation(object));
    }

    private static boolean describes(ClusterObject object, TenantControlPlane description) {
        try {
            return Pinned.isSame(new OwnObject(object).spec(), description);
        } catch (HcpException unreadable) {
            return false;
        }
    }
}
