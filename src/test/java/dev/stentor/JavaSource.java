package dev.stentor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A source file, read as text. Uses the JDK alone, so that {@code scripts/house.sh} can run it without a build.
 *
 * @param path relative to the project's folder
 * @param room the package below {@code dev.stentor}; empty for that package itself
 * @param text as it lies on the disk
 * @param code the text with comments, strings and characters blanked: as long, and with the same lines
 * @param javadocs its Javadoc blocks, from top to bottom
 */
record JavaSource(Path path, String room, String text, String code, List<Javadoc> javadocs) {

    private static final Pattern PACKAGE = Pattern.compile("^package dev\\.stentor\\.?([\\w.]*);", Pattern.MULTILINE);
    private static final Pattern IMPORT = Pattern.compile(
            "^import (?:static )?dev\\.stentor\\.([a-z]\\w*(?:\\.[a-z]\\w*)*)\\.(?:[A-Z]\\w*\\.)*(\\w+);",
            Pattern.MULTILINE);
    private static final Pattern TYPE =
            Pattern.compile("(?:(public)\\s+)?(?:(?:abstract|final|sealed|non-sealed|strictfp)\\s+)*"
                    + "(?:class|interface|enum|record|@interface)\\s+(\\w+)");

    /**
     * A Javadoc block.
     *
     * @param line of its first character, counted from 1
     * @param text without the asterisks
     */
    record Javadoc(int line, String text) {}

    /**
     * A type at the top of the file.
     *
     * @param name its simple name
     * @param isPublic whether it is declared so
     */
    record Type(String name, boolean isPublic) {}

    /** Reads all files below a folder of the project, in the order of their paths. */
    static List<JavaSource> below(String folder) {
        try (Stream<Path> files = Files.walk(Path.of(folder))) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .sorted()
                    .map(JavaSource::read)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads a file. */
    static JavaSource read(Path path) {
        try {
            return of(path, Files.readString(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads a text as if it were the content of this file. */
    static JavaSource of(Path path, String text) {
        var code = new StringBuilder(text);
        var javadocs = new ArrayList<Javadoc>();
        int at = 0;
        while (at < text.length()) {
            int end = at + 1;
            if (text.startsWith("//", at)) {
                end = endOf(text, "\n", at);
            } else if (text.startsWith("/*", at)) {
                end = endOf(text, "*/", at + 2);
                if (text.startsWith("/**", at) && end > at + 4) {
                    javadocs.add(new Javadoc(line(text, at), withoutAsterisks(text.substring(at + 3, end - 2))));
                }
            } else if (text.startsWith("\"\"\"", at)) {
                end = endOfLiteral(text, "\"\"\"", at + 3);
            } else if (text.charAt(at) == '"' || text.charAt(at) == '\'') {
                end = endOfLiteral(text, text.substring(at, at + 1), at + 1);
            }
            if (end > at + 1) {
                blank(code, at, end);
            }
            at = end;
        }
        Matcher room = PACKAGE.matcher(code);
        return new JavaSource(path, room.find() ? room.group(1) : "", text, code.toString(), List.copyOf(javadocs));
    }

    /** Returns the number of lines with code, without blank lines and lines that are only a comment. */
    int codeLines() {
        return (int) code.lines().filter(line -> !line.isBlank()).count();
    }

    /** Returns the types at the top of the file. */
    List<Type> types() {
        var types = new ArrayList<Type>();
        Matcher type = TYPE.matcher(topLevel());
        while (type.find()) {
            types.add(new Type(type.group(2), type.group(1) != null));
        }
        return types;
    }

    /** Returns the rooms of the types that the file imports and names in its code, not only in a comment. */
    Set<String> importedRooms() {
        String body = code.replaceAll("(?m)^import .*$", "");
        return IMPORT.matcher(code)
                .results()
                .filter(found -> Pattern.compile("\\b" + found.group(2) + "\\b")
                        .matcher(body)
                        .find())
                .map(found -> found.group(1))
                .collect(Collectors.toSet());
    }

    /** Returns the line in which this offset of the text lies. */
    Place place(int offset) {
        int line = line(text, offset);
        return new Place(
                path, line, text.lines().skip(line - 1L).findFirst().orElse("").strip());
    }

    /** Returns the code outside all braces and parentheses. */
    private String topLevel() {
        var top = new StringBuilder();
        int depth = 0;
        for (int i = 0; i < code.length(); i++) {
            char c = code.charAt(i);
            depth -= c == '}' || c == ')' ? 1 : 0;
            top.append(depth == 0 ? c : ' ');
            depth += c == '{' || c == '(' ? 1 : 0;
        }
        return top.toString();
    }

    private static int endOf(String text, String terminator, int from) {
        int at = text.indexOf(terminator, from);
        return at < 0 ? text.length() : at + terminator.length();
    }

    private static int endOfLiteral(String text, String quotes, int from) {
        int at = from;
        while (at < text.length() && !text.startsWith(quotes, at)) {
            at += text.charAt(at) == '\\' ? 2 : 1;
        }
        return Math.min(text.length(), at + quotes.length());
    }

    private static void blank(StringBuilder code, int from, int to) {
        boolean literal = code.charAt(from) != '/';
        for (int i = from; i < to; i++) {
            if (code.charAt(i) != '\n') {
                code.setCharAt(i, literal ? '"' : ' ');
            }
        }
    }

    private static String withoutAsterisks(String comment) {
        return comment.replaceAll("(?m)^\\s*\\* ?", "").strip();
    }

    private static int line(String text, int offset) {
        return 1
                + (int) text.substring(0, offset).chars().filter(c -> c == '\n').count();
    }
}
