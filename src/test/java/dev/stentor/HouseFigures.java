package dev.stentor;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** A program that prints the figures of the house; {@code scripts/house.sh} runs it. Uses the JDK alone. */
final class HouseFigures {

    /** Largest number of code lines in a file: a longer one hides a missing concept. */
    static final int MOST_CODE_LINES = 250;

    private HouseFigures() {}

    /** Prints the table, and with {@code --list} the places behind its figures too. */
    public static void main(String[] arguments) {
        boolean list = List.of(arguments).contains("--list");
        List<JavaSource> main = JavaSource.below("src/main/java/dev");
        List<JavaSource> test = JavaSource.below("src/test/java");
        types(main);
        size("code lines a file, main", main);
        size("code lines a file, test", test);
        prose("Javadoc, main", main, list);
        prose("Javadoc, test", test, list);
        places("sound literals outside audio", SoundLiterals.in(main), list);
        places(
                "simple names in two rooms",
                doubledNames(main).entrySet().stream().map(Object::toString).toList(),
                list);
    }

    /** Lists the rooms of each simple name that types at the top of a file share, package-infos left out. */
    static Map<String, Set<String>> doubledNames(List<JavaSource> sources) {
        var rooms = new TreeMap<String, Set<String>>();
        for (JavaSource source : sources) {
            for (JavaSource.Type type : source.types()) {
                rooms.computeIfAbsent(type.name(), _ -> new TreeSet<>()).add(source.room());
            }
        }
        rooms.values().removeIf(those -> those.size() < 2);
        return rooms;
    }

    /** Lists the files with too much code. */
    static List<String> overlong(List<JavaSource> sources) {
        return sources.stream()
                .filter(source -> source.codeLines() > MOST_CODE_LINES)
                .sorted(Comparator.comparingInt(JavaSource::codeLines).reversed())
                .map(source -> source.path() + ": " + source.codeLines() + " code lines")
                .toList();
    }

    private static void types(List<JavaSource> sources) {
        System.out.printf("%-20s %5s %6s %6s%n", "room", "types", "public", "share");
        Map<String, List<JavaSource.Type>> rooms = sources.stream()
                .collect(Collectors.groupingBy(
                        JavaSource::room,
                        TreeMap::new,
                        Collectors.flatMapping(source -> source.types().stream(), Collectors.toList())));
        rooms.remove("");
        rooms.forEach(HouseFigures::row);
        row("all", rooms.values().stream().flatMap(List::stream).toList());
    }

    private static void row(String room, List<JavaSource.Type> types) {
        long open = types.stream().filter(JavaSource.Type::isPublic).count();
        System.out.printf("%-20s %5d %6d %5d%%%n", room, types.size(), open, Math.round(100.0 * open / types.size()));
    }

    private static void size(String title, List<JavaSource> sources) {
        int[] lines = sources.stream().mapToInt(JavaSource::codeLines).sorted().toArray();
        System.out.printf(
                "%n%s: %d files, median %d, p90 %d, largest %d%n",
                title, lines.length, lines[lines.length / 2], lines[lines.length * 9 / 10], lines[lines.length - 1]);
        overlong(sources).forEach(file -> System.out.println("  " + file));
    }

    private static void prose(String title, List<JavaSource> sources, boolean list) {
        List<Prose.Sentence> sentences = Prose.in(sources);
        List<Prose.Sentence> first =
                sentences.stream().filter(Prose.Sentence::first).toList();
        System.out.printf(
                "%n%s: %d blocks, %.1f %% open with What, Who, Whom, Whose, Those, None or Of; of all %d sentences %.1f %%%n",
                title, first.size(), share(first), sentences.size(), share(sentences));
        if (list) {
            sentences.stream()
                    .filter(Prose.Sentence::isRiddle)
                    .forEach(found -> System.out.println("  " + found.place()));
        }
    }

    /** Returns the share of riddles, in percent. */
    static double share(List<Prose.Sentence> sentences) {
        return 100.0 * sentences.stream().filter(Prose.Sentence::isRiddle).count() / Math.max(1, sentences.size());
    }

    private static void places(String title, List<?> places, boolean list) {
        System.out.printf("%n%s: %d%n", title, places.size());
        if (list) {
            places.forEach(place -> System.out.println("  " + place));
        }
    }
}
