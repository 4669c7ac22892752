package io.hcp.core.internal.spec.form;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NearestTest {
    private static final List<String> NAMES = List.of("serviceCidrs", "podCidrs", "port", "address");

    @Test
    void to_similarName_isFound() {
        assertThat(Nearest.to("serviceCIDRs", NAMES)).hasValue("serviceCidrs");
        assertThat(Nearest.to("serviceCidr", NAMES)).hasValue("serviceCidrs");
        assertThat(Nearest.to("adress", NAMES)).hasValue("address");
        assertThat(Nearest.to("ports", NAMES)).hasValue("port");
    }

    @Test
    void to_strangeName_isNot() {
        assertThat(Nearest.to("replicas", NAMES)).isEmpty();
        assertThat(Nearest.to("", NAMES)).isEmpty();
        assertThat(Nearest.to("x".repeat(100_000), NAMES)).isEmpty();
        assertThat(Nearest.to("port", List.of())).isEmpty();
    }
}
