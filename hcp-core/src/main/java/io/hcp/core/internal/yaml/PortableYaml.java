package io.hcp.core.internal.yaml;

import java.util.Map;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.ConstructNode;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.common.NonPrintableStyle;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.resolver.ScalarResolver;
import org.snakeyaml.engine.v2.schema.JsonSchema;
import org.snakeyaml.engine.v2.schema.Schema;

/**
 * Writes YAML that says the same by version 1.1, which Kubernetes reads, and by 1.2: text that either could take for a
 * truth value, a number, a date or nothing, such as {@code on} or {@code 0777}, is quoted. Thread-safe.
 */
public final class PortableYaml {
    private static final DumpSettings SETTINGS = DumpSettings.builder()
            .setDefaultFlowStyle(FlowStyle.BLOCK)
            .setNonPrintableStyle(NonPrintableStyle.ESCAPE)
            .setDereferenceAliases(true)
            .setSchema(new QuotingSchema())
            .build();

    private PortableYaml() {}

    /**
     * Writes a tree.
     *
     * @param tree maps, lists, text, numbers and truth values
     * @return one document
     */
    public static String write(Map<String, ?> tree) {
        return new Dump(SETTINGS).dumpToString(tree);
    }

    private static final class QuotingSchema implements Schema {
        private final Schema json = new JsonSchema();

        @Override
        public ScalarResolver getScalarResolver() {
            return new QuotingResolver(json.getScalarResolver());
        }

        @Override
        public Map<Tag, ConstructNode> getSchemaTagConstructors() {
            return json.getSchemaTagConstructors();
        }
    }

    /** Says of text that is not certainly text that it is something else, which makes the writer quote it. */
    private static final class QuotingResolver implements ScalarResolver {
        private static final Pattern TEXT =
                Pattern.compile("(?!(?i:y|n|yes|no|on|off|true|false|null)$)[A-Za-z/].*|\\d+\\.\\d+\\.\\d+[\\d./]*");

        private final ScalarResolver json;

        QuotingResolver(ScalarResolver json) {
            this.json = json;
        }

        @Override
        public Tag resolve(String value, Boolean implicit) {
            Tag tag = json.resolve(value, implicit);
            return implicit && tag.equals(Tag.STR) && !TEXT.matcher(value).matches() ? Tag.NULL : tag;
        }
    }
}
