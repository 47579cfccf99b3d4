package dev.stentor.deploy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The last stage of a Dockerfile.
 *
 * @param lines one instruction each, without comments and continuations
 */
record Dockerfile(List<String> lines) {

    static Dockerfile read(Path file) {
        String text = text(file);
        String stages = text.replaceAll("(?m)^#.*\\R", "").replaceAll("\\\\\\R\\s*", "");
        String last = stages.substring(stages.lastIndexOf("\nFROM ") + 1);
        return new Dockerfile(last.lines().filter(line -> !line.isBlank()).toList());
    }

    /** Returns the text of a file that is used while an image is made. */
    static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Returns the arguments of all instructions of a kind. */
    List<String> instructions(String kind) {
        return lines.stream()
                .filter(line -> line.startsWith(kind + " "))
                .map(line -> line.substring(kind.length() + 1).strip())
                .toList();
    }

    /** Returns the argument of the only instruction of its kind. */
    String argument(String kind) {
        List<String> found = instructions(kind);
        if (found.size() != 1) {
            throw new AssertionError("one " + kind + " expected, found " + found);
        }
        return found.getFirst();
    }

    /** Returns the names of the environment variables that the image sets. */
    List<String> variables() {
        return instructions("ENV").stream()
                .map(line -> line.substring(0, line.indexOf('=')))
                .toList();
    }
}
