package io.hcp.core.internal.cluster.gateway;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.hcp.api.error.HcpException;
import io.hcp.core.internal.cluster.form.ClusterObject;
import io.hcp.core.internal.cluster.form.Kind;
import io.hcp.core.internal.gateway.Lease;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The objects of one namespace of an under cluster, and those of the cluster. Objects are returned as they are stored, and
 * what is written is returned as it was stored, so that nothing has to be read again.
 */
public interface ClusterObjects {
    /** In whose name fields are written, and kept from others. */
    String FIELD_MANAGER = "hcp";

    /**
     * A resource version that no object has: to apply with it creates an object, and leaves one alone that is there.
     * Numbers are given by etcd, which counts from 1 and gives that one to no object.
     */
    String ABSENT = "1";

    /**
     * Reads one object.
     *
     * @param kind which kind
     * @param name its name
     * @return the object, if it is there
     */
    Optional<ClusterObject> get(Kind kind, String name);

    /**
     * Reads the objects of a kind.
     *
     * @param kind which kind
     * @param labels that they all have
     * @return sorted by name
     */
    List<ClusterObject> list(Kind kind, Map<String, String> labels);

    /**
     * Waits until an object is as it should be, without asking again and again.
     *
     * @param kind which kind
     * @param name its name
     * @param limit how long at most
     * @param condition what should be; asked of each state that is seen, empty if the object is not there
     * @return the last state that was seen, whether it is as it should be or not
     */
    Optional<ClusterObject> await(Kind kind, String name, Duration limit, Predicate<Optional<ClusterObject>> condition);

    /**
     * Stores a new object. Never changes one that is there.
     *
     * @param lease the right to do so
     * @param object the object
     * @return as stored
     * @throws HcpException with kind {@code CONFLICT} if there is one of its name
     */
    @CanIgnoreReturnValue
    ClusterObject create(Lease lease, ClusterObject object);

    /**
     * Makes the fields that are given what they should be, and forgets those that were given before and are not given any
     * more; keeps what others have written beside them. Creates the object unless it is there. Changes nothing if nothing
     * differs.
     *
     * @param lease the right to do so
     * @param fields the object with the fields to write. With a uid only that very object, and also what others have
     *     written over it; with a resource version only that state of it, with {@link #ABSENT} only a new one
     * @return as stored
     * @throws HcpException with kind {@code CONFLICT} if it is another one, or has changed, or, without a uid, if others
     *     have written what differs
     */
    @CanIgnoreReturnValue
    ClusterObject apply(Lease lease, ClusterObject fields);

    /**
     * Stores an object, but for its status, in place of the state that it was made from.
     *
     * @param lease the right to do so
     * @param object the object, with the resource version of that state
     * @return as stored; also if it was all the same
     * @throws HcpException with kind {@code CONFLICT} if it has changed or is gone
     */
    @CanIgnoreReturnValue
    ClusterObject replace(Lease lease, ClusterObject object);

    /**
     * Stores the status of an object in place of the state that it was made from.
     *
     * @param lease the right to do so
     * @param object the object, with the resource version of that state
     * @return as stored; also if it was all the same
     * @throws HcpException with kind {@code CONFLICT} if it has changed or is gone
     */
    @CanIgnoreReturnValue
    ClusterObject replaceStatus(Lease lease, ClusterObject object);

    /**
     * Deletes an object, and what it owns after it. One with finalizers stays until they are gone. Does nothing if it is
     * gone.
     *
     * @param lease the right to do so
     * @param object as it was read: another one that has its name now is not touched
     */
    void delete(Lease lease, ClusterObject object);

    /**
     * Has a pod go, as who empties a node does: only if PodDisruptionBudgets allow it now. Does nothing if it is gone.
     *
     * @param lease the right to do so
     * @param pod as it was read: another one that has its name now is not touched
     * @return what is against it at present, with the name of the budget; empty if nothing is
     * @throws HcpException with kind {@code BLOCKED} if it has several budgets, which an under cluster cannot work with
     */
    Optional<String> evict(Lease lease, ClusterObject pod);
}
