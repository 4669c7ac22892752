package io.hcp.core.internal.spec.form;

import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes trees as JSON. Of our own, because a JSON library only for this would weigh more than the rest of the module;
 * reading is YAML's.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8259">RFC 8259</a>
 */
final class JsonText {
    private static final String INDENT = "  ";

    private final StringBuilder text = new StringBuilder();

    private JsonText() {}

    /**
     * Writes a tree.
     *
     * @param tree of maps, lists, text, numbers and booleans
     * @return one document, indented, with a line end
     */
    static String write(Map<String, Object> tree) {
        JsonText json = new JsonText();
        json.value(tree, "\n");
        return json.text.append('\n').toString();
    }

    private void value(@Nullable Object tree, String line) {
        if (tree instanceof Map<?, ?> map) {
            enclosed('{', map.entrySet().iterator(), '}', line);
        } else if (tree instanceof List<?> list) {
            enclosed('[', list.iterator(), ']', line);
        } else if (tree instanceof String string) {
            quoted(string);
        } else {
            text.append(tree);
        }
    }

    private void enclosed(char first, Iterator<?> parts, char last, String line) {
        text.append(first);
        boolean any = parts.hasNext();
        while (parts.hasNext()) {
            text.append(line).append(INDENT);
            Object part = parts.next();
            if (part instanceof Map.Entry<?, ?> entry) {
                quoted(String.valueOf(entry.getKey()));
                text.append(": ");
                value(entry.getValue(), line + INDENT);
            } else {
                value(part, line + INDENT);
            }
            text.append(parts.hasNext() ? "," : "");
        }
        text.append(any ? line : "").append(last);
    }

    /** Escapes what RFC 8259 demands, and whatever a reader of YAML would not take as it is. */
    private void quoted(String string) {
        text.append('"');
        for (int i = 0; i < string.length(); i++) {
            char c = string.charAt(i);
            switch (c) {
                case '"' -> text.append("\\\"");
                case '\\' -> text.append("\\\\");
                case '\n' -> text.append("\\n");
                case '\t' -> text.append("\\t");
                default -> {
                    if (c < ' ' || (c > '~' && !Character.isLetterOrDigit(c))) {
                        text.append(String.format("\\u%04x", (int) c));
                    } else {
                        text.append(c);
                    }
                }
            }
        }
        text.append('"');
    }
}
