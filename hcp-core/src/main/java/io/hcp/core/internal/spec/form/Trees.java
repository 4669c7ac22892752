package io.hcp.core.internal.spec.form;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is said of a tree that has the wrong form. */
final class Trees {
    private Trees() {}

    static String describe(@Nullable Object tree) {
        if (tree instanceof Map) {
            return "(fields)";
        }
        if (tree instanceof List) {
            return "(list)";
        }
        return String.valueOf(tree);
    }
}
