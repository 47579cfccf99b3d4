package dev.stentor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Rules for the first things that a newcomer meets: names with one meaning, and files of a readable size. */
class HouseTest {

    /** Roles that sibling adapters share, with the rooms that have them. */
    private static final Map<Set<String>, Set<String>> ROLES_OF_SIBLINGS = Map.of(
            Set.of("Exchange", "Failures"), Set.of("speech.dashscope", "speech.openai"),
            Set.of("Fault", "Faults", "Json", "Rejection", "RequestReader"), Set.of("web.dashscope", "web.openai"));

    /** Packages whose type names every reader knows. */
    private static final List<String> KNOWN = List.of(
            "java.io",
            "java.lang",
            "java.nio",
            "java.time",
            "java.util",
            "java.util.concurrent",
            "java.util.function",
            "java.util.stream",
            "reactor.core.publisher",
            "reactor.core.scheduler");

    private static final List<JavaSource> MAIN = MainCode.sources();

    @Test
    void oneSimpleNameMeansOneThing() {
        assertThat(HouseFigures.doubledNames(MAIN)).isEqualTo(allowed());
    }

    @Test
    void noNameHidesOneThatEverybodyKnows() {
        var hiding = new TreeSet<String>();
        for (JavaSource source : MAIN) {
            for (JavaSource.Type type : source.types()) {
                KNOWN.stream()
                        .map(known -> known + "." + type.name())
                        .filter(HouseTest::exists)
                        .forEach(known -> hiding.add(source.room() + "." + type.name() + " hides " + known));
            }
        }
        assertThat(hiding).isEmpty();
    }

    @Test
    void noFileHidesAMissingConcept() {
        assertThat(HouseFigures.overlong(MAIN)).isEmpty();
    }

    @Test
    void noTestDoesEither() {
        assertThat(HouseFigures.overlong(JavaSource.below("src/test/java"))).isEmpty();
    }

    private static boolean exists(String type) {
        return HouseTest.class.getClassLoader().getResource(type.replace('.', '/') + ".class") != null;
    }

    private static Map<String, Set<String>> allowed() {
        return ROLES_OF_SIBLINGS.entrySet().stream()
                .flatMap(role -> role.getKey().stream().map(name -> Map.entry(name, role.getValue())))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }
}
