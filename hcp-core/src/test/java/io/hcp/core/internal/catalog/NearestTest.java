package io.hcp.core.internal.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NearestTest {
    private static final List<String> KNOWN =
            List.of("profiling", "authorization-mode", "authorization-config", "audit-log-path", "audit-log-mode", "v");

    @ParameterizedTest
    @CsvSource({
        "autorization-mode,authorization-mode",
        "authorisation-mode,authorization-mode",
        "Authorization-Mode,authorization-mode",
        "authorization-moed,authorization-mode",
        "profilling,profiling",
        "audit-log-moth,audit-log-mode;audit-log-path",
        "w,v",
        "V,v"
    })
    void of_wordWithErrors_findsTheMostAlikeFirst(String word, String expected) {
        assertThat(Nearest.of(word, KNOWN)).containsExactly(expected.split(";", -1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"etcd-servers", "", "xyz"})
    void of_wordLikeNone_findsNoLongName(String word) {
        assertThat(Nearest.of(word, KNOWN.subList(0, 5))).isEmpty();
    }

    @Test
    void of_manyEquallyAlike_findsThreeInAlphabeticalOrder() {
        assertThat(Nearest.of("abcd", List.of("abce", "abcz", "abcf", "abca"))).containsExactly("abca", "abce", "abcf");
    }

    @Test
    void of_longWord_isNotLikeEverythingAsLong() {
        assertThat(Nearest.of("StructuredAuthorizationSettings", List.of("StructuredAuthenticationConfiguration")))
                .isEmpty();
        assertThat(Nearest.of("StructuredAuthenticatonConfigration", List.of("StructuredAuthenticationConfiguration")))
                .containsExactly("StructuredAuthenticationConfiguration");
    }
}
