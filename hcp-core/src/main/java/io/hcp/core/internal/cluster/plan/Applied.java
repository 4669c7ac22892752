package io.hcp.core.internal.cluster.plan;

import io.hcp.core.internal.cluster.form.ClusterObject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Notes on an object what was written of it. A field that is written no more is nowhere in what should be, so that only
 * this tells that it is still there. A template of pods has a note of its own: what is taken out of it makes other pods.
 */
public final class Applied {
    /** The fingerprint of the fields that were written. */
    static final String FINGERPRINT = "hcp.io/applied";

    private static final String METADATA = "metadata";
    private static final String ANNOTATIONS = "annotations";
    private static final String SPEC = "spec";
    private static final String TEMPLATE = "template";
    private static final String DATA = "data";
    private static final int BYTES = 8;

    private Applied() {}

    /**
     * Adds the note.
     *
     * @param fields all that is written of the object
     * @return the fields, with the note
     */
    public static ClusterObject noted(ClusterObject fields) {
        Map<String, Object> template = fields.object(SPEC, TEMPLATE);
        ClusterObject inner = template.isEmpty()
                ? fields
                : fields.with(fingerprint(template), SPEC, TEMPLATE, METADATA, ANNOTATIONS, FINGERPRINT);
        return inner.with(fingerprint(withoutSecrets(inner)), METADATA, ANNOTATIONS, FINGERPRINT);
    }

    /** A note is read by more people than a Secret; which files there are is enough, as contents are compared anyway. */
    private static Map<String, Object> withoutSecrets(ClusterObject fields) {
        Map<String, Object> data = fields.object(DATA);
        return data.isEmpty()
                ? fields.tree()
                : fields.with(data.keySet().stream().sorted().toList(), DATA).tree();
    }

    private static String fingerprint(Map<String, Object> tree) {
        StringBuilder text = new StringBuilder();
        write(tree, text);
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256").digest(text.toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** Texts with their lengths and maps in the order of their keys, so that only the same tree is the same text. */
    private static void write(Object value, StringBuilder text) {
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> sorted = new TreeMap<>();
            map.forEach((key, inner) -> sorted.put(String.valueOf(key), inner));
            text.append('{');
            sorted.forEach((key, inner) -> {
                write(key, text);
                write(inner, text);
            });
            text.append('}');
        } else if (value instanceof List<?> list) {
            text.append('[');
            list.forEach(item -> write(item, text));
            text.append(']');
        } else {
            String one = String.valueOf(value);
            text.append(one.length()).append(':').append(one);
        }
    }
}
