package io.hcp.core.internal.spec.form;

import io.hcp.api.error.InvalidSpecException;
import io.hcp.api.error.Problem;
import io.hcp.core.internal.yaml.PortableYaml;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.DuplicateKeyException;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** YAML 1.2, of which JSON is a part, as trees of maps, lists, text, numbers and booleans. */
final class YamlText {
    private static final LoadSettings READING = LoadSettings.builder().build();
    /** Far more than a description needs; reading takes longer than in proportion. */
    private static final int MAX_LENGTH = 1 << 20;

    private YamlText() {}

    /**
     * Writes a tree.
     *
     * @param tree the tree
     * @return one document
     */
    static String write(Map<String, Object> tree) {
        return PortableYaml.write(tree);
    }

    /**
     * Reads one document.
     *
     * @param text YAML or JSON
     * @return the tree; null if the document is empty
     * @throws InvalidSpecException with code {@code YamlInvalid} and the place in the text, or {@code DuplicateKey} for
     *     every key that a map has twice
     */
    static @Nullable Object read(String text) {
        if (text.length() > MAX_LENGTH) {
            throw unreadable("write at most " + MAX_LENGTH + " characters");
        }
        try {
            return new Load(READING).loadFromString(text);
        } catch (DuplicateKeyException e) {
            Problems problems = new Problems();
            Set<Node> seen = Collections.newSetFromMap(new IdentityHashMap<>());
            new Compose(READING).composeString(text).ifPresent(node -> duplicates(node, "", seen, problems));
            problems.throwIfAny();
            throw invalid(e);
        } catch (YamlEngineException e) {
            throw invalid(e);
        } catch (StackOverflowError e) {
            // The parser recurses as deep as the text does, and has no limit of its own.
            throw unreadable("correct the YAML: it is nested too deeply");
        } catch (RuntimeException e) {
            // The parser's own faults, as for the escape of a character that there is not; it may quote the text.
            throw unreadable("correct the YAML: it cannot be read");
        }
    }

    private static InvalidSpecException unreadable(String remedy) {
        return new InvalidSpecException(Problem.of("YamlInvalid", "", "the text", remedy));
    }

    /** Says where and why, and quotes nothing of the text, which may hold what is secret. */
    private static InvalidSpecException invalid(YamlEngineException e) {
        Problems problems = new Problems();
        String place = "the text";
        String reason = "cannot be read";
        if (e instanceof MarkedYamlEngineException marked) {
            Optional<Mark> mark = marked.getProblemMark().or(marked::getContextMark);
            place = mark.map(at -> "line " + (at.getLine() + 1) + ", column " + (at.getColumn() + 1))
                    .orElse(place);
            reason = reason(marked.getProblem());
        }
        problems.add("YamlInvalid", "", place, "correct the YAML: " + reason);
        return new InvalidSpecException(problems.list());
    }

    /** Names of aliases and tags, which the parser quotes, may be anything. */
    private static String reason(String problem) {
        if (problem.contains("alias")) {
            return "an alias is not defined before it is used";
        }
        return problem.contains("tag") ? "a tag cannot be read" : problem;
    }

    private static void duplicates(Node node, String path, Set<Node> seen, Problems problems) {
        if (!seen.add(node)) {
            return;
        }
        if (node instanceof SequenceNode list) {
            for (int i = 0; i < list.getValue().size(); i++) {
                duplicates(list.getValue().get(i), path + "[" + i + "]", seen, problems);
            }
        }
        if (node instanceof MappingNode map) {
            Set<String> keys = new HashSet<>();
            for (NodeTuple entry : map.getValue()) {
                String key = entry.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "?";
                String place = path.isEmpty() ? key : path + "." + key;
                if (!keys.add(key)) {
                    problems.add("DuplicateKey", place, key, "write it once");
                }
                duplicates(entry.getValueNode(), place, seen, problems);
            }
        }
    }
}
