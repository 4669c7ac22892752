package io.hcp.api.model;

import io.hcp.api.error.InvalidSpecException;
import io.hcp.api.error.Problem;
import java.math.BigInteger;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

/**
 * An IPv4 or IPv6 address. Immutable and thread-safe; equal if it is the same address, however it was written.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc5952">RFC 5952</a>, the text form
 */
public final class IpAddress {
    private static final String OCTET = "(25[0-5]|2[0-4]\\d|1\\d{2}|[1-9]?\\d)";
    private static final Pattern IPV4 = Pattern.compile(OCTET + "(\\." + OCTET + "){3}");
    private static final Pattern IPV6 = Pattern.compile("(?:[0-9a-fA-F]{0,4}:){2,8}[0-9a-fA-F]{0,4}");
    private static final int IPV4_BYTES = 4;
    private static final int NO_SCOPE = -1;

    private final InetAddress address;

    private IpAddress(InetAddress address) {
        this.address = address;
    }

    /**
     * Reads an address; never asks a name server.
     *
     * @param text for example {@code 192.0.2.1} or {@code 2001:db8::1}; no leading zeros in IPv4, no zone,
     *     no IPv4 address in IPv6 form
     * @return the address
     * @throws InvalidSpecException with code {@code AddressInvalid} if the text is no address
     */
    public static IpAddress parse(String text) {
        if (!IPV4.matcher(text).matches() && !IPV6.matcher(text).matches()) {
            throw invalid(text);
        }
        try {
            // Neither form can be a name, so that no name server is asked.
            InetAddress address = InetAddress.getByName(text);
            if (address instanceof Inet4Address && text.contains(":")) {
                throw invalid(text);
            }
            return new IpAddress(address);
        } catch (UnknownHostException e) {
            throw invalid(text);
        }
    }

    /**
     * Tells whether a text is an address.
     *
     * @param text any text
     * @return true if {@link #parse} reads it
     */
    public static boolean isValid(String text) {
        try {
            parse(text);
            return true;
        } catch (InvalidSpecException e) {
            return false;
        }
    }

    private static InvalidSpecException invalid(String text) {
        return new InvalidSpecException(Problem.of(
                "AddressInvalid", "", text, "write an IPv4 or IPv6 address, for example 192.0.2.1 or 2001:db8::1"));
    }

    /** Takes the low-order bytes of a number as address of a family. */
    static IpAddress of(BigInteger number, int bytes) {
        byte[] octets = new byte[bytes];
        byte[] magnitude = number.toByteArray();
        int length = Math.min(bytes, magnitude.length);
        System.arraycopy(magnitude, magnitude.length - length, octets, bytes - length, length);
        try {
            // InetAddress itself would make an IPv4 address of ::ffff:0:0/96.
            return new IpAddress(
                    bytes == IPV4_BYTES
                            ? InetAddress.getByAddress(octets)
                            : Inet6Address.getByAddress(null, octets, NO_SCOPE));
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(bytes + " bytes are no address", e);
        }
    }

    BigInteger number() {
        return new BigInteger(1, address.getAddress());
    }

    int bits() {
        return address.getAddress().length * Byte.SIZE;
    }

    /** {@return true for IPv4, false for IPv6} */
    public boolean isIpv4() {
        return address.getAddress().length == IPV4_BYTES;
    }

    /** {@return true if the address is of this machine only, as 127.0.0.1} */
    public boolean isLoopback() {
        return address.isLoopbackAddress();
    }

    /** {@return true for 0.0.0.0 and ::, which stand for every address of a machine} */
    public boolean isUnspecified() {
        return address.isAnyLocalAddress();
    }

    /** {@return true if the address stands for a group of machines} */
    public boolean isMulticast() {
        return address.isMulticastAddress();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof IpAddress that && address.equals(that.address);
    }

    @Override
    public int hashCode() {
        return address.hashCode();
    }

    /** Returns the shortest form, for example {@code 2001:db8::1}. */
    @Override
    public String toString() {
        return isIpv4() ? address.getHostAddress() : shortest(address.getAddress());
    }

    /** RFC 5952: no leading zeros, the first longest run of at least two zero groups as {@code ::}, lower case. */
    private static String shortest(byte[] octets) {
        int[] groups = new int[octets.length / 2];
        for (int i = 0; i < groups.length; i++) {
            groups[i] = ((octets[2 * i] & 0xff) << Byte.SIZE) | (octets[2 * i + 1] & 0xff);
        }
        int start = groups.length;
        int longest = 1;
        for (int i = 0; i < groups.length; i++) {
            int end = i;
            while (end < groups.length && groups[end] == 0) {
                end++;
            }
            if (end - i > longest) {
                start = i;
                longest = end - i;
            }
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < groups.length; i++) {
            if (i == start) {
                text.append("::");
                i += longest - 1;
            } else {
                text.append(text.isEmpty() || text.charAt(text.length() - 1) == ':' ? "" : ":")
                        .append(Integer.toHexString(groups[i]));
            }
        }
        return text.toString();
    }
}
