package io.hcp.testbed;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.opentest4j.TestAbortedException;

class PrerequisiteTest {
    @Test
    void needs_missing_skipsElsewhereAndFailsInCi() {
        Optional<String> missing = Optional.of("no network namespaces");
        assertThatThrownBy(() -> Prerequisite.needs(missing, false))
                .isInstanceOf(TestAbortedException.class)
                .hasMessageContaining("no network namespaces");
        assertThatThrownBy(() -> Prerequisite.needs(missing, true))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("no network namespaces");
    }

    @Test
    void needs_nothingMissing_goesOn() {
        assertThatCode(() -> Prerequisite.needs(Optional.empty(), true)).doesNotThrowAnyException();
    }
}
