package io.hcp.core.internal.catalog;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Finds what somebody may have meant who wrote a name that does not exist. Pure. */
public final class Nearest {
    private static final int AT_MOST = 3;
    private static final int LETTERS_PER_ERROR = 4;
    private static final int MOST_ERRORS = 4;

    private Nearest() {}

    private record Candidate(String name, int distance) {}

    /**
     * Finds the names most like a word. Upper and lower case are the same; one error is allowed for every four letters
     * of the word, from one to four: a letter too many, too few, wrong, or swapped with the next.
     *
     * @param word what was written
     * @param known what could have been written
     * @return at most three, the most alike first, and in alphabetical order among equals; may be empty
     */
    public static List<String> of(String word, Collection<String> known) {
        String wanted = word.toLowerCase(Locale.ROOT);
        int limit = Math.min(MOST_ERRORS, Math.max(1, wanted.length() / LETTERS_PER_ERROR));
        return known.stream()
                .filter(name -> Math.abs(name.length() - wanted.length()) <= limit)
                .map(name -> new Candidate(name, distance(wanted, name.toLowerCase(Locale.ROOT))))
                .filter(candidate -> candidate.distance() <= limit)
                .sorted(Comparator.comparingInt(Candidate::distance).thenComparing(Candidate::name))
                .limit(AT_MOST)
                .map(Candidate::name)
                .toList();
    }

    /** The optimal string alignment distance: Levenshtein's, with swapped neighbours as one error. */
    private static int distance(String a, String b) {
        int[][] d = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    d[i][j] = i + j;
                    continue;
                }
                int wrong = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                d[i][j] = Math.min(d[i - 1][j - 1] + wrong, Math.min(d[i - 1][j], d[i][j - 1]) + 1);
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
                }
            }
        }
        return d[a.length()][b.length()];
    }
}
