package io.hcp.core.internal.catalog;

/**
 * A command-line flag of one program in one minor.
 *
 * @param name without the leading dashes
 * @param type what the help text prints, for example {@code strings}; {@code bool} where it prints nothing,
 *     {@code value} for a flag of etcd that is no {@code bool}, {@code hidden} for one that the help text leaves out
 * @param deprecated true if the program says so
 */
public record Flag(String name, String type, boolean deprecated) {
    /** The type of a flag that is set or not. */
    public static final String BOOL = "bool";

    /** The type of any other flag of etcd, whose help text has no types. */
    public static final String VALUE = "value";

    /** The type of a flag that the help text leaves out. */
    public static final String HIDDEN = "hidden";
}
