package io.hcp.core.internal.plan;

import io.hcp.api.model.Component;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** How long steps take: what they took this tenant, or else what they take on a small machine that has other work too. */
public final class Experience {
    /** What was measured once may take longer next time. */
    private static final BigDecimal MARGIN = new BigDecimal("1.5");

    private Experience() {}

    static Duration expected(Verb verb, Optional<Component> component, Map<String, Duration> took) {
        if (verb == Verb.PROVIDE) {
            return typical(verb, component); // programs that had to be built once are there the next time
        }
        String id = component.map(one -> Work.id(verb, one)).orElse(verb.title());
        return measured(id, took).orElseGet(() -> typical(verb, component));
    }

    /**
     * Tells how long a step will take at the most, from how long it took.
     *
     * @param id the step's id
     * @param took how long steps took, by their ids
     * @return half as long again; empty if it was never done
     */
    public static Optional<Duration> measured(String id, Map<String, Duration> took) {
        return Optional.ofNullable(took.get(id)).map(Experience::withMargin);
    }

    private static Duration withMargin(Duration measured) {
        BigDecimal nanos = BigDecimal.valueOf(measured.toSeconds())
                .movePointRight(9)
                .add(BigDecimal.valueOf(measured.toNanosPart()))
                .multiply(MARGIN);
        return Duration.ofMillis(
                nanos.movePointLeft(6).setScale(0, RoundingMode.CEILING).longValueExact());
    }

    private static Duration typical(Verb verb, Optional<Component> component) {
        return switch (verb) {
            case START -> component.map(Experience::start).orElse(Duration.ZERO);
            case STOP -> Duration.ofMillis(1_500);
            case CREATE_PKI, BOOTSTRAP -> Duration.ofSeconds(1);
            case AWAIT_READY -> Duration.ofSeconds(3);
            case REISSUE, REMOVE_DATA -> Duration.ofMillis(500);
            case PROVIDE, RECORD, CREATE_KEY, MARK_DELETING, RETAIN_DATA, BRING_BACK -> Duration.ofMillis(100);
        };
    }

    private static Duration start(Component component) {
        return switch (component) {
            case ETCD -> Duration.ofSeconds(1);
            case KUBE_APISERVER -> Duration.ofSeconds(6);
            case KUBE_CONTROLLER_MANAGER, KUBE_SCHEDULER -> Duration.ofSeconds(3);
        };
    }
}
