package io.hcp.api.error;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** What the caller asked for breaks one or more rules. Nothing was written. */
public final class InvalidSpecException extends HcpException {
    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;

    /**
     * Makes an exception from all problems found.
     *
     * @param problems at least one
     */
    public InvalidSpecException(List<Problem> problems) {
        super(
                ErrorKind.INVALID_SPEC,
                problems.size() == 1
                        ? "invalid: " + problems.get(0)
                        : problems.size() + " problems:\n  "
                                + problems.stream().map(Problem::toString).collect(Collectors.joining("\n  ")) + "\n",
                "correct the named " + (problems.size() == 1 ? "field" : "fields") + " and call again");
        this.problems = List.copyOf(problems);
    }

    /**
     * Makes an exception from one problem.
     *
     * @param problem what is wrong
     */
    public InvalidSpecException(Problem problem) {
        this(List.of(problem));
    }

    /**
     * Makes an exception for required attributes that a builder was not given.
     *
     * @param missing the names of the attributes
     */
    public InvalidSpecException(String... missing) {
        this(Arrays.stream(missing)
                .map(name -> Problem.of("Required", name, "", "set " + name + "(...) before build()"))
                .toList());
    }

    /**
     * Copies the exception with the place of the values, see {@link Problem#at}.
     *
     * @param place the field that the values stand in
     * @return the copy
     */
    public InvalidSpecException at(String place) {
        return new InvalidSpecException(
                problems.stream().map(problem -> problem.at(place)).toList());
    }

    /**
     * Returns everything that is wrong.
     *
     * @return at least one problem
     */
    public List<Problem> problems() {
        return problems;
    }
}
