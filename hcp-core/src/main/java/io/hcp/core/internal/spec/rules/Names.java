package io.hcp.core.internal.spec.rules;

import java.util.List;
import java.util.regex.Pattern;

/** The forms of names that Kubernetes has rules for. */
final class Names {
    private static final String LABEL = "[a-z0-9](?:[-a-z0-9]*[a-z0-9])?";
    private static final Pattern DNS_1123_LABEL = Pattern.compile(LABEL);
    private static final Pattern DNS_1123_SUBDOMAIN = Pattern.compile(LABEL + "(?:\\." + LABEL + ")*");
    /** As label keys: a name, with a domain before it if it is not Kubernetes' own. */
    private static final Pattern QUALIFIED = Pattern.compile(
            "(?:[a-z0-9](?:[-a-z0-9.]{0,251}[a-z0-9])?/)?[A-Za-z0-9](?:[-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?");

    private static final Pattern LABEL_VALUE = Pattern.compile("(?:[A-Za-z0-9](?:[-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?");
    private static final Pattern NUMERIC_END = Pattern.compile("(?:.*\\.)?[0-9]+");
    private static final int MAX_LABEL = 63;
    private static final int MAX_SUBDOMAIN = 253;

    private Names() {}

    static boolean isLabel(String text, int maxLength) {
        return text.length() <= maxLength && DNS_1123_LABEL.matcher(text).matches();
    }

    /** As names of Kubernetes objects. */
    static boolean isSubdomain(String text) {
        return text.length() <= MAX_SUBDOMAIN
                && DNS_1123_SUBDOMAIN.matcher(text).matches();
    }

    /** As keys of labels and annotations. */
    static boolean isQualified(String text) {
        return QUALIFIED.matcher(text).matches();
    }

    static boolean isLabelValue(String text) {
        return LABEL_VALUE.matcher(text).matches();
    }

    /** As names in DNS: each label has its limit too, and the last one is no number, or it would look like an address. */
    static boolean isDnsName(String text) {
        return isSubdomain(text)
                && List.of(text.split("\\.", -1)).stream().allMatch(label -> label.length() <= MAX_LABEL)
                && !NUMERIC_END.matcher(text).matches();
    }
}
