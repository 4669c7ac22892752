package io.hcp.api.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.hcp.api.error.InvalidSpecException;
import io.hcp.api.error.Problem;
import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IpAddressTest {
    private static final int CASES = 2_000;

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "127.0.0.1", "192.0.2.1", "249.250.255.99", "255.255.255.255"})
    void parse_ipv4_isWrittenTheSame(String text) {
        IpAddress address = IpAddress.parse(text);

        assertThat(address).hasToString(text);
        assertThat(address.isIpv4()).isTrue();
        assertThat(address.bits()).isEqualTo(32);
    }

    /** The examples of RFC 5952, and its corners. */
    @ParameterizedTest
    @CsvSource({
        "::, ::",
        "0:0:0:0:0:0:0:0, ::",
        "::1, ::1",
        "1::, 1::",
        "2001:DB8::1, 2001:db8::1",
        "2001:0db8:0000:0000:0000:0000:0000:0001, 2001:db8::1",
        "2001:db8::0:1, 2001:db8::1",
        "2001:db8:0:0:0:0:2:1, 2001:db8::2:1",
        "2001:db8::1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
        "2001:db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
        "2001:0:0:1:0:0:0:1, 2001:0:0:1::1",
        "2001:db8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
        "0:0:1:0:0:0:0:0, 0:0:1::",
        "1:0:0:0:0:0:0:0, 1::",
        "1:2:3:4:5:6:7:8, 1:2:3:4:5:6:7:8",
        "1:2:3:4:5:6:7:0, 1:2:3:4:5:6:7:0",
        "1:2:3:4:5:6:0:0, 1:2:3:4:5:6::",
        "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff, ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"
    })
    void parse_ipv6_isWrittenInTheShortestForm(String text, String shortest) {
        IpAddress address = IpAddress.parse(text);

        assertThat(address).hasToString(shortest).isEqualTo(IpAddress.parse(shortest));
        assertThat(address.hashCode()).isEqualTo(IpAddress.parse(shortest).hashCode());
        assertThat(address.isIpv4()).isFalse();
        assertThat(address.bits()).isEqualTo(128);
    }

    /** Among them are texts that a resolver would take for names, or for IPv4 in one of its old forms. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "0000000001::",
                "1:00000:2::",
                "",
                " ",
                "localhost",
                "example.com",
                "127.1",
                "1",
                "2130706433",
                "0x7f.0.0.1",
                "0177.0.0.1",
                "1.2.3.04",
                "256.1.1.1",
                "1.1.1.999",
                "1.2.3",
                "1.2.3.4.5",
                "1.2.3.4 ",
                "1.2.3.4\n",
                "-1.2.3.4",
                "\u0661.2.3.4",
                ":",
                ":::",
                "1",
                "1:2",
                "1::2::3",
                "1:2:3:4:5:6:7",
                "1:2:3:4:5:6:7:8:9",
                "12345::",
                "g::",
                "[::1]",
                "::1%lo",
                "fe80::1%1",
                "::1.2.3.4",
                "::ffff:1.2.3.4",
                "::ffff:102:304",
                "1.2.3.4/32"
            })
    void parse_noAddress_isNamedWithoutAskingANameServer(String text) {
        assertThatExceptionOfType(InvalidSpecException.class)
                .isThrownBy(() -> IpAddress.parse(text))
                .satisfies(invalid -> assertThat(invalid.problems())
                        .containsExactly(new Problem(
                                "AddressInvalid",
                                "",
                                text,
                                "write an IPv4 or IPv6 address, for example 192.0.2.1 or 2001:db8::1")));
        assertThat(IpAddress.isValid(text)).isFalse();
    }

    @Test
    void parse_anyAddressWritten_isTheSame() {
        long seed = Long.getLong("hcp.seed", new Random().nextLong());
        System.out.println("IpAddressTest runs with -Dhcp.seed=" + seed);
        Random random = new Random(seed);
        for (int i = 0; i < CASES; i++) {
            BigInteger number = new BigInteger(128, random);
            for (int group = 0; group < 8; group++) {
                if (random.nextBoolean()) {
                    number = number.andNot(BigInteger.valueOf(0xffff).shiftLeft(16 * group));
                }
            }
            IpAddress address = IpAddress.of(number, 16);

            assertThat(address.number()).as("-Dhcp.seed=" + seed).isEqualTo(number);
            if (!number.shiftRight(32).equals(BigInteger.valueOf(0xffff))) {
                assertThat(IpAddress.parse(address.toString()))
                        .as("-Dhcp.seed=" + seed)
                        .isEqualTo(address);
            }
            assertThat(address.toString())
                    .as("-Dhcp.seed=" + seed)
                    .matches("[0-9a-f:]+")
                    .doesNotContain(":::");
        }
    }

    @Test
    void kind_specialAddresses_areTold() {
        assertThat(IpAddress.parse("127.9.9.9").isLoopback()).isTrue();
        assertThat(IpAddress.parse("::1").isLoopback()).isTrue();
        assertThat(IpAddress.parse("192.0.2.1").isLoopback()).isFalse();
        assertThat(IpAddress.parse("0.0.0.0").isUnspecified()).isTrue();
        assertThat(IpAddress.parse("::").isUnspecified()).isTrue();
        assertThat(IpAddress.parse("0.0.0.1").isUnspecified()).isFalse();
        assertThat(IpAddress.parse("224.0.0.1").isMulticast()).isTrue();
        assertThat(IpAddress.parse("ff02::1").isMulticast()).isTrue();
        assertThat(IpAddress.parse("fe80::1").isMulticast()).isFalse();
    }

    @Test
    void equals_otherFamily_isNotEqual() {
        assertThat(IpAddress.parse("0.0.0.1"))
                .isNotEqualTo(IpAddress.parse("::1"))
                .isNotEqualTo("0.0.0.1");
    }
}
