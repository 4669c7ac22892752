package io.hcp.core.internal.maintain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SharesTest {
    private static final List<String> TENANTS =
            IntStream.range(0, 10_000).mapToObj(i -> "tenant-" + i).toList();

    private static String owner(List<String> instances, String tenant) {
        return Shares.owner(instances, tenant).orElseThrow();
    }

    @Test
    void owner_noInstance_isNobody() {
        assertThat(Shares.owner(List.of(), "acme")).isEmpty();
    }

    @Test
    void owner_similarNames_areSharedEvenly() {
        List<String> instances = List.of("hcp-1", "hcp-2", "hcp-3", "hcp-4");
        for (String instance : instances) {
            assertThat(TENANTS.stream()
                            .filter(tenant -> owner(instances, tenant).equals(instance))
                            .count())
                    .isBetween(2_300L, 2_700L);
        }
    }

    @Test
    void owner_instanceGone_movesItsShareAlone() {
        List<String> before = List.of("hcp-1", "hcp-2", "hcp-3");
        List<String> after = List.of("hcp-3", "hcp-1");
        assertThat(TENANTS).allSatisfy(tenant -> {
            String owner = owner(before, tenant);
            if (!owner.equals("hcp-2")) {
                assertThat(owner(after, tenant)).isEqualTo(owner);
            }
        });
    }
}
