package io.hcp.testbed.catalog;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** A generated file in the source tree. */
final class SourceText {
    private SourceText() {}

    /** Writes the file if its text changed, and tells which lines went and came. */
    static void replace(Path file, String text, PrintStream out) throws IOException {
        String before = Files.exists(file) ? Files.readString(file) : "";
        if (before.equals(text)) {
            out.println(file.getFileName() + ": nothing changed");
            return;
        }
        Files.createDirectories(file.resolveSibling(""));
        Files.writeString(file, text);
        List<String> old = before.lines().toList();
        List<String> fresh = text.lines().toList();
        out.println(file.getFileName() + ": " + fresh.size() + " lines");
        print("- ", old, Set.copyOf(fresh), out);
        if (!before.isEmpty()) {
            print("+ ", fresh, Set.copyOf(old), out);
        }
    }

    private static void print(String mark, List<String> lines, Set<String> others, PrintStream out) {
        lines.stream().filter(line -> !others.contains(line)).forEach(line -> out.println(mark + line.strip()));
    }
}
