package io.hcp.core.internal.spec;

import static org.assertj.core.api.Assertions.assertThatNoException;

import io.hcp.api.model.TenantControlPlane;
import io.hcp.core.fixture.Seeds;
import io.hcp.core.fixture.Seeds.Seeded;
import io.hcp.core.fixture.SpecGenerator;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SpecValidatorPropertyTest {
    private static final int CASES = 2_000;

    @Test
    void check_anyValidSpec_passesAlsoWhenCompleted() {
        Seeded seed = Seeds.print(SpecValidatorPropertyTest.class);
        SpecGenerator specs = new SpecGenerator(seed);
        for (int number = 0; number < CASES; number++) {
            TenantControlPlane tenant = specs.next();

            assertThatNoException().as("%s %s", seed, tenant).isThrownBy(() -> {
                SpecValidator.check(tenant);
                SpecValidator.check(SpecDefaults.resolve(tenant, Optional.empty()));
            });
        }
    }
}
