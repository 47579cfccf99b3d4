package dev.stentor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Comparison of the map in {@link ArchitectureTest} with ARCHITECTURE.md and the package-infos: all three say the same. */
class HouseMapTest {

    private static final Pattern ROW =
            Pattern.compile("^\\| `([\\w.]+)` \\| [^|]+ \\| ([^|]+) \\| ([^|]+) \\|$", Pattern.MULTILINE);
    private static final Pattern SENTENCE = Pattern.compile("May use: ([^;]+); libraries: ([^.]+)\\.");

    @Test
    void theTableInArchitectureIsTheMap() throws IOException {
        var told = new TreeMap<String, String>();
        ROW.matcher(Files.readString(Path.of("ARCHITECTURE.md")))
                .results()
                .forEach(row -> told.put(row.group(1), row.group(2) + "; " + row.group(3)));
        assertThat(told).isEqualTo(map("–", "all"));
    }

    @Test
    void everyPackageInfoNamesWhatItsRoomUses() {
        var told = new TreeMap<String, String>();
        for (JavaSource source : MainCode.sources()) {
            if (source.path().endsWith("package-info.java") && !source.room().isEmpty()) {
                told.put(source.room(), sentence(source.javadocs().getFirst().text()));
            }
        }
        assertThat(told).isEqualTo(map("none", "all"));
    }

    private static String sentence(String javadoc) {
        return SENTENCE.matcher(javadoc.replaceAll("\\s+", " "))
                .results()
                .findFirst()
                .map((MatchResult found) -> found.group(1) + "; " + found.group(2))
                .orElse("says nothing of the form: May use: a, b; libraries: C, D.");
    }

    /** Returns what each room may use, rooms and libraries, in the order of the map. */
    private static Map<String, String> map(String none, String all) {
        var told = new TreeMap<String, String>();
        ArchitectureTest.MAY_USE.forEach((room, doors) -> {
            List<String> libraries = ArchitectureTest.LIBRARIES.getOrDefault(room, List.of());
            told.put(room, words(doors, none, all) + "; " + words(libraries, none, all));
        });
        return told;
    }

    private static String words(List<String> names, String none, String all) {
        return names.isEmpty() ? none : String.join(", ", names).replace("*", all);
    }
}
