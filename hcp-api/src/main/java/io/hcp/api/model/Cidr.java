package io.hcp.api.model;

import io.hcp.api.error.InvalidSpecException;
import io.hcp.api.error.Problem;
import java.math.BigInteger;
import java.util.Objects;

/**
 * A range of IPv4 or IPv6 addresses. Immutable and thread-safe.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc4632">RFC 4632</a>
 */
public final class Cidr {
    private final IpAddress network;
    private final int prefixLength;

    private Cidr(IpAddress network, int prefixLength) {
        this.network = network;
        this.prefixLength = prefixLength;
    }

    /**
     * Reads a range.
     *
     * @param text the first address and the number of leading bits that all addresses share, for example
     *     {@code 10.96.0.0/12}
     * @return the range
     * @throws InvalidSpecException with code {@code CidrInvalid} if the text is none, or {@code CidrHostBits} if its
     *     address is not the first of the range
     */
    public static Cidr parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 0
                || !IpAddress.isValid(text.substring(0, slash))
                || !text.substring(slash + 1).matches("0|[1-9]\\d{0,2}")) {
            throw invalid(text);
        }
        IpAddress address = IpAddress.parse(text.substring(0, slash));
        int length = Integer.parseInt(text.substring(slash + 1));
        if (length > address.bits()) {
            throw invalid(text);
        }
        int hostBits = address.bits() - length;
        BigInteger first = address.number().shiftRight(hostBits).shiftLeft(hostBits);
        Cidr cidr = new Cidr(IpAddress.of(first, address.bits() / Byte.SIZE), length);
        if (!cidr.network.equals(address)) {
            throw new InvalidSpecException(
                    Problem.of("CidrHostBits", "", text, "write the first address of the range: " + cidr));
        }
        return cidr;
    }

    private static InvalidSpecException invalid(String text) {
        return new InvalidSpecException(Problem.of(
                "CidrInvalid", "", text, "write ADDRESS/LENGTH, for example 10.96.0.0/12 or 2001:db8:1::/108"));
    }

    /** {@return the first address} */
    public IpAddress network() {
        return network;
    }

    /** {@return how many leading bits all addresses share: 0 to 32 for IPv4, to 128 for IPv6} */
    public int prefixLength() {
        return prefixLength;
    }

    /** {@return how many bits tell the addresses apart} */
    public int hostBits() {
        return network.bits() - prefixLength;
    }

    /** {@return true for IPv4, false for IPv6} */
    public boolean isIpv4() {
        return network.isIpv4();
    }

    /**
     * Tells whether an address is in the range.
     *
     * @param address any address
     * @return false also for one of the other family
     */
    public boolean contains(IpAddress address) {
        return address.isIpv4() == isIpv4()
                && address.number()
                        .shiftRight(hostBits())
                        .equals(network.number().shiftRight(hostBits()));
    }

    /**
     * Tells whether two ranges share an address.
     *
     * @param other any range
     * @return true if one contains the other
     */
    public boolean overlaps(Cidr other) {
        return contains(other.network) || other.contains(network);
    }

    /**
     * Returns an address of the range by its place.
     *
     * @param index 0 is {@link #network()}
     * @return the address
     * @throws IndexOutOfBoundsException if the range is smaller
     */
    public IpAddress address(long index) {
        BigInteger offset = BigInteger.valueOf(index);
        if (index < 0 || offset.bitLength() > hostBits()) {
            throw new IndexOutOfBoundsException(this + " has no address " + index);
        }
        return IpAddress.of(network.number().add(offset), network.bits() / Byte.SIZE);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Cidr that && network.equals(that.network) && prefixLength == that.prefixLength;
    }

    @Override
    public int hashCode() {
        return Objects.hash(network, prefixLength);
    }

    /** Returns for example {@code 10.96.0.0/12}. */
    @Override
    public String toString() {
        return network + "/" + prefixLength;
    }
}
