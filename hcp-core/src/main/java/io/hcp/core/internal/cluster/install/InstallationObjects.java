package io.hcp.core.internal.cluster.install;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.hcp.api.error.HcpException;
import io.hcp.core.internal.cluster.resource.InstalledObject;
import java.util.Optional;

/**
 * The under cluster's objects without namespace. Every method makes one request.
 *
 * <p>All throw {@link HcpException}: with kind {@code BLOCKED} if the right is missing, {@code IO} if the cluster does not
 * answer or refuses.
 */
public interface InstallationObjects {
    /**
     * Reads an object.
     *
     * @param wanted tells its kind and name
     * @return the object as it is, if it exists
     */
    Optional<GenericKubernetesResource> find(InstalledObject wanted);

    /**
     * Makes an object.
     *
     * @param object the object
     * @return the object as it is now
     * @throws HcpException with kind {@code CONFLICT} if it exists
     */
    GenericKubernetesResource create(GenericKubernetesResource object);

    /**
     * Replaces an object by what was made of it.
     *
     * @param object the object, with the resource version that it was read with
     * @return the object as it is now
     * @throws HcpException with kind {@code CONFLICT} if it was changed or removed since
     */
    GenericKubernetesResource replace(GenericKubernetesResource object);
}
