package io.hcp.api.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.hcp.api.error.InvalidSpecException;
import io.hcp.api.error.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CidrTest {
    @ParameterizedTest
    @CsvSource({
        "0.0.0.0/0, 0, 32",
        "10.96.0.0/12, 12, 20",
        "192.0.2.1/32, 32, 0",
        "::/0, 0, 128",
        "2001:db8::/32, 32, 96",
        "fd00:10:244::/56, 56, 72",
        "::1/128, 128, 0"
    })
    void parse_range_isWrittenTheSame(String text, int length, int hostBits) {
        Cidr range = Cidr.parse(text);

        assertThat(range).hasToString(text).isEqualTo(Cidr.parse(text)).hasSameHashCodeAs(Cidr.parse(text));
        assertThat(range.prefixLength()).isEqualTo(length);
        assertThat(range.hostBits()).isEqualTo(hostBits);
        assertThat(range.isIpv4()).isEqualTo(text.contains("."));
        assertThat(range.address(0)).isEqualTo(range.network());
    }

    @Test
    void parse_longForm_isTheSameRange() {
        assertThat(Cidr.parse("2001:0DB8:0:0::/64"))
                .isEqualTo(Cidr.parse("2001:db8::/64"))
                .hasToString("2001:db8::/64");
        assertThat(Cidr.parse("10.0.0.0/8"))
                .isNotEqualTo(Cidr.parse("10.0.0.0/9"))
                .isNotEqualTo("10.0.0.0/8");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "10.0.0.0",
                "10.0.0.0/",
                "/8",
                "10.0.0.0/08",
                "10.0.0.0/+8",
                "10.0.0.0/-1",
                "10.0.0.0/33",
                "10.0.0.0/8/8",
                "10.0.0.0/ 8",
                "10.0.0/8",
                "256.0.0.0/8",
                "::/129",
                "::/1000",
                "host/8",
                "10.0.0.0/\u0668",
                "::ffff:0:0/96",
                "fe80::%1/64"
            })
    void parse_noRange_isNamed(String text) {
        assertThatExceptionOfType(InvalidSpecException.class)
                .isThrownBy(() -> Cidr.parse(text))
                .satisfies(invalid -> assertThat(invalid.problems())
                        .containsExactly(new Problem(
                                "CidrInvalid",
                                "",
                                text,
                                "write ADDRESS/LENGTH, for example 10.96.0.0/12 or 2001:db8:1::/108")));
    }

    @ParameterizedTest
    @CsvSource({
        "10.96.0.1/12, 10.96.0.0/12",
        "10.100.0.0/12, 10.96.0.0/12",
        "1.2.3.4/0, 0.0.0.0/0",
        "2001:db8::1/64, 2001:db8::/64"
    })
    void parse_notTheFirstAddress_isNamedWithTheFirst(String text, String first) {
        assertThatExceptionOfType(InvalidSpecException.class)
                .isThrownBy(() -> Cidr.parse(text))
                .satisfies(invalid -> assertThat(invalid.problems())
                        .containsExactly(new Problem(
                                "CidrHostBits", "", text, "write the first address of the range: " + first)));
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.0.0.0, true",
        "10.0.0.0/8, 10.255.255.255, true",
        "10.0.0.0/8, 11.0.0.0, false",
        "10.0.0.0/8, 9.255.255.255, false",
        "0.0.0.0/0, 255.255.255.255, true",
        "192.0.2.1/32, 192.0.2.1, true",
        "192.0.2.1/32, 192.0.2.2, false",
        "0.0.0.0/0, ::1, false",
        "::/0, 10.0.0.1, false",
        "fd00::/8, fdff::1, true",
        "fd00::/8, fe00::1, false"
    })
    void contains_address_isTold(String range, String address, boolean expected) {
        assertThat(Cidr.parse(range).contains(IpAddress.parse(address))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.0.0.0/8, true",
        "10.0.0.0/8, 10.1.0.0/16, true",
        "10.0.0.0/8, 11.0.0.0/8, false",
        "10.0.0.0/9, 10.128.0.0/9, false",
        "0.0.0.0/0, 203.0.113.0/24, true",
        "0.0.0.0/0, ::/0, false",
        "fd00::/8, fd12::/16, true",
        "fd00:1::/32, fd00:2::/32, false"
    })
    void overlaps_twoRanges_areTheSameBothWays(String one, String other, boolean expected) {
        assertThat(Cidr.parse(one).overlaps(Cidr.parse(other))).isEqualTo(expected);
        assertThat(Cidr.parse(other).overlaps(Cidr.parse(one))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "10.96.0.0/12, 10, 10.96.0.10",
        "10.96.0.0/12, 256, 10.96.1.0",
        "10.96.0.0/12, 1048575, 10.111.255.255",
        "0.0.0.0/0, 4294967295, 255.255.255.255",
        "192.0.2.1/32, 0, 192.0.2.1",
        "fd00:1::/112, 10, fd00:1::a",
        "::/0, 9223372036854775807, ::7fff:ffff:ffff:ffff",
        "::/64, 281470681743361, ::ffff:0:1"
    })
    void address_index_isCountedFromTheFirst(String range, long index, String address) {
        assertThat(Cidr.parse(range).address(index)).hasToString(address);
    }

    @ParameterizedTest
    @CsvSource({"10.96.0.0/12, 1048576", "10.96.0.0/12, -1", "192.0.2.1/32, 1", "::1/128, 1"})
    void address_indexBeyondTheRange_isRefused(String range, long index) {
        assertThatExceptionOfType(IndexOutOfBoundsException.class)
                .isThrownBy(() -> Cidr.parse(range).address(index))
                .withMessage(range + " has no address " + index);
    }
}
