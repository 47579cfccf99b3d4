package dev.stentor;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A room shows only what another room uses. */
class PublicSurfaceTest {

    /** Members that only tests of other rooms use, by the reason for which they stay in the main code. */
    private static final Map<String, Set<String>> FOR_TESTS = Map.of();

    private static final CompiledHouse HOUSE = new CompiledHouse(MainCode.classes());
    private static final List<JavaSource> BENCHMARKS = JavaSource.below("src/bench/java");
    private static final Set<String> UNUSED = new PublicSurface(
                    HOUSE, new Visitors(HOUSE, List.of(MainCode.classes()), MainCode.sources(), BENCHMARKS))
            .unused();

    @Test
    void nothingIsPublicWithoutAUserInAnotherRoom() {
        assertThat(UNUSED).filteredOn(name -> !listed().contains(name)).isEmpty();
    }

    @Test
    void everyExceptionIsNeeded() {
        assertThat(listed()).isSubsetOf(UNUSED);
    }

    @Test
    void everyExceptionHasATestOfAnotherRoomThatUsesIt() {
        List<JavaSource> sources = Stream.of(MainCode.sources(), JavaSource.below("src/test/java"))
                .flatMap(List::stream)
                .toList();
        List<Path> classes = List.of(MainCode.classes(), MainCode.testClasses());
        Set<String> unused = new PublicSurface(HOUSE, new Visitors(HOUSE, classes, sources, BENCHMARKS)).unused();
        assertThat(listed()).doesNotContainAnyElementsOf(unused);
    }

    private static Set<String> listed() {
        return FOR_TESTS.values().stream().flatMap(Set::stream).collect(toSet());
    }
}
