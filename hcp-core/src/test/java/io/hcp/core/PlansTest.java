package io.hcp.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.hcp.api.error.ErrorKind;
import io.hcp.api.model.Component;
import io.hcp.api.plan.FieldChange;
import io.hcp.api.plan.Obstacle;
import io.hcp.api.plan.Plan;
import io.hcp.api.plan.PlanKind;
import io.hcp.api.plan.PlanStep;
import io.hcp.core.fixture.Goldens;
import io.hcp.core.fixture.Tenants;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class PlansTest {
    private static final Plan PLAN = new Plan(
            PlanKind.APPLY,
            Tenants.plain("1.36.4"),
            List.of(
                    new FieldChange("spec.kubernetes.version", Optional.of("1.36.3"), Optional.of("1.36.4")),
                    new FieldChange("spec.networkProfile.port", Optional.of("6443"), Optional.empty())),
            List.of(
                    step("provide programs", Set.of(), Optional.empty()),
                    step("start kube-apiserver", Set.of("provide programs"), Optional.of(Component.KUBE_APISERVER))),
            List.of(new Obstacle(ErrorKind.DISK_FULL, "the disk is full", "free some space")),
            Duration.ofMillis(11_500),
            "0123456789abcdef");

    @Test
    void toJson_plan_hasTheFieldsThatArePromised() {
        Goldens.assertMatches(PlansTest.class, "plan.json", Plans.toJson(PLAN));
    }

    @Test
    void toJson_plan_isReadByOthers() {
        JsonNode read = JsonMapper.shared().readTree(Plans.toJson(PLAN));

        assertThat(read.get("tenant").asString()).isEqualTo("acme");
        assertThat(read.get("steps").get(1).get("component").asString()).isEqualTo("kube-apiserver");
        assertThat(Manifests.read(read.get("wanted").toString())).isEqualTo(PLAN.wanted());
    }

    private static PlanStep step(String id, Set<String> after, Optional<Component> component) {
        return new PlanStep(
                id,
                "version 1.36.4",
                after,
                component,
                Duration.ofMillis(100),
                component.map(one -> "stored objects cannot go back to 1.36.3"));
    }
}
