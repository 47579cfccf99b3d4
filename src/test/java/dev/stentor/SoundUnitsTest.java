package dev.stentor;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Sound units have one home, {@code audio.SpeechTime}: no other room writes 24 samples a millisecond, or a number derived from
 * it.
 */
class SoundUnitsTest {

    /** Files with a number that only looks like a sound unit, and the reason. */
    private static final Map<String, String> RATES_OF_OTHERS = Map.of();

    private static final List<Place> LITERALS = SoundLiterals.in(MainCode.sources());

    @Test
    void nobodyOutsideAudioWritesThemAsNumbers() {
        assertThat(LITERALS)
                .filteredOn(place -> !RATES_OF_OTHERS.containsKey(file(place)))
                .isEmpty();
    }

    @Test
    void everyExceptionIsNeeded() {
        Set<String> found = LITERALS.stream().map(SoundUnitsTest::file).collect(toSet());
        assertThat(RATES_OF_OTHERS.keySet()).isSubsetOf(found);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "int a = 24_000;",
                "int a = 24000;",
                "long a = 24_000L;",
                "double a = b / 24_000.0;",
                "int a = 480;",
                "int a = 960;",
                "int a = b * 24;",
                "long a = b * 24L;",
                "long a = b / 24;",
                "long a = b % 24;",
                "int a = 24 * b;",
                "int SAMPLES_PER_MILLI = 24;"
            })
    void aSoundUnitIsSeen(String code) {
        assertThat(SoundLiterals.in(List.of(source(code)))).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "int a = 24;",
                "int a = b >> 24;",
                "int a = 124_000;",
                "int a = 0x24000;",
                "int a = 4800;",
                "double a = b * 24.5;",
                "int a = b * 240;",
                "// 24 * 60 minutes, 24000 Hz",
                "String a = \"24000 * 24\";"
            })
    void anotherNumberIsNot(String code) {
        assertThat(SoundLiterals.in(List.of(source(code)))).isEmpty();
    }

    private static JavaSource source(String code) {
        return JavaSource.of(Path.of("Some.java"), "package dev.stentor.mix;\n\nclass Some {\n    " + code + "\n}\n");
    }

    private static String file(Place place) {
        return Path.of("src/main/java/dev/stentor")
                .relativize(place.path())
                .toString()
                .replace('\\', '/');
    }
}
