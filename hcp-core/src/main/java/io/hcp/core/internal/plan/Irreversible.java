package io.hcp.core.internal.plan;

import io.hcp.api.model.Component;
import io.hcp.api.model.DeletionPolicy;
import io.hcp.api.model.KubernetesVersion;
import io.hcp.api.model.TenantControlPlane;
import io.hcp.core.internal.spec.TenantRecord;
import java.util.Optional;

/** From which steps there is no way back: applying the old description does not bring the old state back. */
final class Irreversible {
    private Irreversible() {}

    static Optional<String> reason(
            Verb verb, Optional<Component> component, TenantControlPlane wanted, Observed observed) {
        return switch (verb) {
            case START -> component.filter(Component.KUBE_APISERVER::equals).flatMap(one -> raise(wanted, observed));
            case CREATE_KEY ->
                Optional.of("encryption only grows: keys and resources stay in the configuration, so that what was"
                        + " encrypted can be read");
            case MARK_DELETING ->
                retains(observed)
                        ? Optional.empty()
                        : Optional.of("a deletion that has begun can only be finished: apply is refused from then on");
            case REMOVE_DATA -> Optional.of("certificates, keys and all that the tenant has stored are gone for good");
            default -> Optional.empty();
        };
    }

    /** Whether a deletion puts the data aside, from where it comes back with the description. */
    static boolean retains(Observed observed) {
        return observed.record()
                .map(TenantRecord::spec)
                .flatMap(stored -> stored.lifecycle().deletionPolicy())
                .filter(DeletionPolicy.RETAIN::equals)
                .isPresent();
    }

    private static Optional<String> raise(TenantControlPlane wanted, Observed observed) {
        return observed.record()
                .map(record -> record.servedSpec().kubernetesVersion())
                .filter(served -> wanted.kubernetesVersion().compareTo(served) > 0)
                .map(KubernetesVersion::toString)
                .map(served -> "stored objects cannot go back to " + served);
    }
}
