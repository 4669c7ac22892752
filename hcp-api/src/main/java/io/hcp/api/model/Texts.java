package io.hcp.api.model;

import io.hcp.api.error.InvalidSpecException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Reads the values of setters that take text, and tells the field of one that is none. */
final class Texts {
    private Texts() {}

    static <S, T> T one(String path, Function<S, T> reader, S value) {
        try {
            return reader.apply(value);
        } catch (InvalidSpecException e) {
            throw e.at(path);
        }
    }

    static <T> List<T> all(String path, Function<String, T> reader, String... texts) {
        List<T> values = new ArrayList<>();
        for (String text : texts) {
            values.add(one(path + "[" + values.size() + "]", reader, text));
        }
        return values;
    }
}
