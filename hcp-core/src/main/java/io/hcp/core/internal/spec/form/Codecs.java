package io.hcp.core.internal.spec.form;

import io.hcp.api.error.InvalidSpecException;
import io.hcp.api.error.Problem;
import io.hcp.api.model.Cidr;
import io.hcp.api.model.Cpu;
import io.hcp.api.model.IpAddress;
import io.hcp.api.model.KubernetesVersion;
import io.hcp.api.model.Port;
import io.hcp.api.model.Quantity;
import io.hcp.core.internal.catalog.Nearest;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The forms of single values. */
public final class Codecs {
    /** Eight groups of four digits, and what is between them. */
    private static final int LONGEST_ADDRESS = 39;
    /** As many digits as are read, a point and a unit. */
    private static final int LONGEST_QUANTITY = 18 + 1 + 9 + 2;
    /** One more than is read: API servers keep limits as floating-point numbers, which have this one exactly. */
    private static final long TOO_LARGE = 1_000_000_000_000_000_000L;

    /** Text. */
    public static final Codec<String> TEXT =
            new Scalar<>(String.class, "write text: put it in quotes", Schema.of("string"), text -> text, text -> text);
    /** True or false. */
    public static final Codec<Boolean> BOOLEAN = new Scalar<>(
            Boolean.class, "write true or false, without quotes", Schema.of("boolean"), flag -> flag, flag -> flag);
    /** A whole number. */
    public static final Codec<Integer> INTEGER = new Scalar<>(
            Number.class,
            Scalar.WHOLE_NUMBER,
            Schema.of("integer").with("format", "int32"),
            number -> (int) whole(number, Integer.MIN_VALUE, Integer.MAX_VALUE),
            number -> number);
    /** A long whole number. */
    public static final Codec<Long> LONG = new Scalar<>(
            Number.class,
            Scalar.WHOLE_NUMBER,
            Schema.of("integer").with("format", "int64"),
            number -> whole(number, Long.MIN_VALUE, Long.MAX_VALUE),
            n -> n);
    /** A port, as number. */
    public static final Codec<Port> PORT = new Scalar<>(
            Number.class,
            Scalar.WHOLE_NUMBER,
            Schema.of("integer").with("format", "int32").range(1, 65_535),
            number -> new Port((int) whole(number, Integer.MIN_VALUE, Integer.MAX_VALUE)),
            Port::number);
    /** A version of Kubernetes, as text. */
    public static final Codec<KubernetesVersion> VERSION = new Scalar<>(
            String.class,
            "write a released version as MAJOR.MINOR.PATCH, for example 1.36.3; YAML takes MAJOR.MINOR for a number",
            Schema.text("v?\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}", 12),
            KubernetesVersion::parse,
            KubernetesVersion::toString);
    /** An IP address, as text. */
    public static final Codec<IpAddress> ADDRESS = parsed(
            Schema.of("string")
                    .with("maxLength", LONGEST_ADDRESS)
                    .rule("isIP(self)", "write an IPv4 or IPv6 address, for example 192.0.2.1 or 2001:db8::1"),
            IpAddress::parse);
    /** A range of IP addresses, as text. */
    public static final Codec<Cidr> CIDR = parsed(
            Schema.of("string")
                    .with("maxLength", LONGEST_ADDRESS + "/128".length())
                    .rule(
                            "isCIDR(self) && cidr(self) == cidr(self).masked()",
                            "write the first address of a range and its length, for example 10.96.0.0/12"),
            Cidr::parse);
    /** A duration in Go's form. */
    public static final Codec<Duration> DURATION = new Scalar<>(
            String.class,
            "write a number with its unit, for example 8760h or 100ms",
            Schema.text(GoDuration.FORM, GoDuration.MAX_LENGTH),
            GoDuration::parse,
            GoDuration::format);

    /** A duration as a whole number of seconds. */
    public static final Codec<Duration> SECONDS = new Scalar<>(
            Number.class,
            Scalar.WHOLE_NUMBER,
            Schema.of("integer").with("format", "int64"),
            number -> Duration.ofSeconds(whole(number, Long.MIN_VALUE, Long.MAX_VALUE)),
            Duration::toSeconds);

    /** A moment, as in ISO 8601, in UTC. */
    public static final Codec<Instant> INSTANT =
            parsed(Schema.of("string").with("format", "date-time"), Codecs::instant);

    /** Bytes, as text with or without unit; read also from a whole number, as in Kubernetes. */
    public static final Codec<Quantity> QUANTITY = new Codec<>() {
        private final Codec<Quantity> text = parsed(Schema.of("string"), Quantity::parse);

        @Override
        public Schema schema() {
            return Schema.wholeNumberOr("\\d{1,18}(?:\\.\\d{1,9})?(?:Ki|Mi|Gi|Ti|Pi|k|M|G|T|P)?", LONGEST_QUANTITY)
                    .range(0, TOO_LARGE)
                    .with("exclusiveMaximum", true)
                    .rule(
                            "quantity(string(self)).compareTo(quantity('" + Long.MAX_VALUE
                                    + "')) < 0", // larger ones are read as this one
                            "write a number of bytes below 8192Pi");
        }

        @Override
        public Object write(Quantity value) {
            return value.toString();
        }

        @Override
        public Optional<Quantity> read(Object tree, String path, Problems problems) {
            return text.read(isWhole(tree) ? tree.toString() : tree, path, problems);
        }
    };

    /** Processor time, as text with or without unit; read also from a whole number, as in custom resources. */
    public static final Codec<Cpu> CPU = new Codec<>() {
        private final Codec<Cpu> text = parsed(Schema.of("string"), Cpu::parse);

        @Override
        public Schema schema() {
            return Schema.wholeNumberOr("\\d{1,9}m|\\d{1,6}(?:\\.\\d{1,3})?", LONGEST_QUANTITY)
                    .range(0, 999_999);
        }

        @Override
        public Object write(Cpu value) {
            return value.toString();
        }

        @Override
        public Optional<Cpu> read(Object tree, String path, Problems problems) {
            return text.read(isWhole(tree) ? tree.toString() : tree, path, problems);
        }
    };

    private Codecs() {}

    /**
     * Tells whether a text is a duration in Go's form.
     *
     * @param text any text
     * @return true if it is one, with units
     */
    public static boolean isDuration(String text) {
        try {
            GoDuration.parse(text);
            return true;
        } catch (InvalidSpecException e) {
            return false;
        }
    }

    /**
     * Begins a remedy.
     *
     * @param word what somebody wrote
     * @param known what could have been written
     * @return a question with what is similar, if anything is; else empty
     */
    public static String didYouMean(String word, Collection<String> known) {
        List<String> similar = Nearest.of(word, known);
        return similar.isEmpty() ? "" : "did you mean " + String.join(" or ", similar) + "? ";
    }

    /** A value whose text form its type knows. */
    private static <V> Codec<V> parsed(Schema schema, Function<String, V> reader) {
        return new Scalar<>(String.class, "write text: put it in quotes", schema, reader, Object::toString);
    }

    private static Instant instant(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw new InvalidSpecException(
                    Problem.of("InstantInvalid", "", text, "write a moment, for example 2026-01-31T23:59:59Z"));
        }
    }

    /**
     * Returns the form of one of a few names.
     *
     * @param values what the names stand for, each written as its {@code toString}
     * @param <E> their type
     * @return text
     */
    public static <E extends Enum<E>> Codec<E> oneOf(E[] values) {
        Map<String, E> byName = Stream.of(values).collect(Collectors.toMap(Enum::toString, value -> value));
        List<String> names = Stream.of(values).map(Enum::toString).toList();
        Function<String, E> reader = text -> {
            E value = byName.get(text);
            if (value == null) {
                throw new InvalidSpecException(Problem.of(
                        "UnknownValue", "", text, didYouMean(text, names) + "use one of " + String.join(", ", names)));
            }
            return value;
        };
        return new Scalar<>(
                String.class, "use one of " + String.join(", ", names), Schema.oneOf(names), reader, Object::toString);
    }

    private static boolean isWhole(Object tree) {
        return tree instanceof Integer || tree instanceof Long || tree instanceof BigInteger;
    }

    private static long whole(Number number, long least, long most) {
        if (!isWhole(number)) {
            throw new InvalidSpecException(Problem.of("WrongType", "", number, Scalar.WHOLE_NUMBER));
        }
        BigInteger value = new BigInteger(number.toString());
        if (value.compareTo(BigInteger.valueOf(least)) < 0 || value.compareTo(BigInteger.valueOf(most)) > 0) {
            throw new InvalidSpecException(
                    Problem.of("NumberOutOfRange", "", number, "write a number from " + least + " to " + most));
        }
        return value.longValue();
    }

    /** A value that is one text, number or boolean. */
    private record Scalar<S, V>(
            Class<S> type, String remedy, Schema schema, Function<S, V> reader, Function<V, Object> writer)
            implements Codec<V> {
        static final String WHOLE_NUMBER = "write a whole number, without quotes";

        @Override
        public Object write(V value) {
            return writer.apply(value);
        }

        @Override
        public Optional<V> read(Object tree, String path, Problems problems) {
            if (!type.isInstance(tree)) {
                problems.add("WrongType", path, Trees.describe(tree), remedy);
                return Optional.empty();
            }
            try {
                return Optional.of(reader.apply(type.cast(tree)));
            } catch (InvalidSpecException e) {
                problems.addAll(e, path);
                return Optional.empty();
            }
        }
    }
}
