package io.hcp.pki;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hcp.api.error.InvalidSpecException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RenewalPolicyTest {
    private static final TenantPki PKI = TenantPki.create(Fixtures.DEFINITIONS, Fixtures.CLOCK);
    private static final Instant BORN = Fixtures.NOW.minus(CertificateAuthority.CLOCK_SKEW);

    @Test
    void inventory_tenant_listsAuthoritiesThenLeaves() {
        List<InventoryEntry> inventory = PKI.inventory();

        assertThat(inventory.stream().map(InventoryEntry::path).limit(5))
                .containsExactly("ca", "front-proxy-ca", "etcd/ca", "apiserver", "apiserver-kubelet-client");
        assertThat(inventory).hasSize(3 + Fixtures.DEFINITIONS.size());
        InventoryEntry authority = inventory.get(2);
        assertThat(authority.stage()).contains(Stage.SIGNING);
        assertThat(authority.issuer()).isEqualTo(authority.commonName()).isEqualTo("etcd-ca");
        InventoryEntry leaf = inventory.get(3);
        assertThat(leaf.stage()).isEmpty();
        assertThat(leaf.commonName()).isEqualTo("kube-apiserver");
        assertThat(leaf.organizations()).isEmpty();
        assertThat(leaf.issuer()).isEqualTo("kubernetes");
        assertThat(leaf.issuerGeneration()).isEqualTo(1);
        assertThat(leaf.serial()).isEqualTo(PKI.leaf("apiserver").certificate().getSerialNumber());
        assertThat(leaf.notBefore()).isEqualTo(BORN);
        assertThat(leaf.notAfter()).isEqualTo(Fixtures.NOW.plus(PkiPolicy.LEAF_VALIDITY));
        assertThat(leaf.keyAlgorithm()).isEqualTo("ECDSA-P256");
    }

    @Test
    void leavesDue_defaultPolicy_startAtTwoThirdsLessTheSpreadAndLeaveAuthoritiesAlone() {
        List<InventoryEntry> inventory = PKI.inventory();
        Duration life = PkiPolicy.LEAF_VALIDITY.plus(CertificateAuthority.CLOCK_SKEW);
        Instant earliest = BORN.plusMillis(Math.round(life.toMillis() * (2.0 / 3 - 0.05)));
        Instant latest = BORN.plusMillis(Math.round(life.toMillis() * 2.0 / 3));

        assertThat(due(inventory, earliest)).isEmpty();
        assertThat(due(inventory, latest))
                .hasSize(Fixtures.DEFINITIONS.size())
                .allSatisfy(entry -> assertThat(entry.stage()).isEmpty());
        Instant tenYears = Fixtures.NOW.plus(PkiPolicy.AUTHORITY_VALIDITY);
        assertThat(due(inventory, tenYears)).hasSize(Fixtures.DEFINITIONS.size());
        assertThat(RenewalPolicy.DEFAULT.authoritiesDue("acme", inventory, latest))
                .isEmpty();
        assertThat(RenewalPolicy.DEFAULT.authoritiesDue("acme", inventory, tenYears))
                .extracting(InventoryEntry::path)
                .containsExactly("ca", "front-proxy-ca", "etcd/ca");
    }

    @Test
    void renewAt_anyLifeAndPolicy_isWithinTheBounds() {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        CertificateAuthority authority =
                CertificateAuthority.create("kubernetes", Duration.ofDays(3650), Fixtures.CLOCK);
        for (int round = 0; round < 200; round++) {
            Duration validity = Duration.ofSeconds(1 + (long) Math.pow(10, 7.49 * random.nextDouble()));
            double share = 0.01 + 0.989 * random.nextDouble();
            RenewalPolicy policy = new RenewalPolicy(share, share / 2 * random.nextDouble());
            Clock clock = Clock.offset(Fixtures.CLOCK, Duration.ofDays(random.nextInt(3000)));
            InventoryEntry entry = new InventoryEntry(
                    "leaf-" + round,
                    1,
                    Optional.empty(),
                    authority
                            .issue(CertificateTemplate.client("ops", validity), clock)
                            .certificate());

            Instant at = policy.renewAt("tenant", entry);

            double life = Duration.between(entry.notBefore(), entry.notAfter()).toMillis();
            boolean longLife = life > Duration.ofDays(1).toMillis();
            assertThat(at)
                    .as("seed %s, round %s, %s of %s", seed, round, policy, validity)
                    .isEqualTo(policy.renewAt("tenant", entry))
                    .isAfter(entry.notBefore())
                    .isBefore(entry.notAfter())
                    .isBeforeOrEqualTo(longLife ? entry.notAfter().minus(Duration.ofHours(1)) : entry.notAfter())
                    .isBeforeOrEqualTo(entry.notBefore().plusMillis(Math.round(life * policy.lifetimeShare())));
            assertThat(policy.leavesDue("tenant", List.of(entry), at)).containsExactly(entry);
            assertThat(policy.leavesDue("tenant", List.of(entry), at.minusMillis(1)))
                    .isEmpty();
        }
    }

    @Test
    void renewAt_fleetMadeAtOnce_isSpreadEvenly() {
        InventoryEntry entry = PKI.inventory().get(3);
        Duration spread = Duration.between(entry.notBefore(), entry.notAfter()).dividedBy(20);
        Instant latest = new RenewalPolicy(2.0 / 3, 0).renewAt("x", entry);

        int[] tenths = new int[10];
        IntStream.range(0, 2000).forEach(i -> {
            Duration early = Duration.between(RenewalPolicy.DEFAULT.renewAt("tenant-" + i, entry), latest);
            tenths[(int) (10 * early.toMillis() / spread.toMillis())]++;
        });

        assertThat(IntStream.of(tenths).boxed())
                .allSatisfy(count -> assertThat(count).isBetween(130, 270));
    }

    @Test
    void renewAt_leavesOfOneTenantIssuedAtOnce_areRenewedAtOnce() {
        List<InventoryEntry> inventory = PKI.inventory();

        assertThat(inventory.stream()
                        .filter(entry -> entry.stage().isEmpty())
                        .map(entry -> RenewalPolicy.DEFAULT.renewAt("acme", entry))
                        .distinct())
                .hasSize(1);
    }

    @Test
    void policy_outOfRange_isRefused() {
        for (double share : new double[] {0, 1, -0.1, Double.NaN}) {
            assertThatThrownBy(() -> new RenewalPolicy(share, 0))
                    .isInstanceOf(InvalidSpecException.class)
                    .hasMessageContaining("ShareInvalid: renewal.lifetimeShare is \"" + share + "\"");
        }
        for (double spread : new double[] {-0.01, 0.26, Double.NaN}) {
            assertThatThrownBy(() -> new RenewalPolicy(0.5, spread))
                    .isInstanceOf(InvalidSpecException.class)
                    .hasMessageContaining("ShareInvalid: renewal.spreadShare is \"" + spread + "\"");
        }
    }

    @Test
    void pkiPolicy_outOfRange_isRefused() {
        Duration year = PkiPolicy.LEAF_VALIDITY;
        for (Duration leaf : List.of(Duration.ZERO, Duration.ofDays(-1), year.plusSeconds(1))) {
            assertThatThrownBy(() -> new PkiPolicy(PkiPolicy.DEFAULT.algorithm(), leaf, PkiPolicy.AUTHORITY_VALIDITY))
                    .isInstanceOf(InvalidSpecException.class)
                    .hasMessageContaining("ValidityInvalid: pki.leafValidity is \"" + leaf + "\"");
        }
        for (Duration authority : List.of(Duration.ofDays(364), Duration.ofDays(36501))) {
            assertThatThrownBy(() -> new PkiPolicy(PkiPolicy.DEFAULT.algorithm(), year, authority))
                    .isInstanceOf(InvalidSpecException.class)
                    .hasMessageContaining("ValidityInvalid: pki.authorityValidity is \"" + authority + "\"");
        }
    }

    private static List<InventoryEntry> due(List<InventoryEntry> inventory, Instant now) {
        return RenewalPolicy.DEFAULT.leavesDue("acme", inventory, now);
    }
}
