package dev.stentor;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The map of the house: which rooms and which libraries a room may use. Changes together with ARCHITECTURE.md. */
class ArchitectureTest {

    private static final String HOUSE = "dev.stentor.";

    /** Rooms that a room may use; upper rooms stand before lower ones. */
    static final Map<String, List<String>> MAY_USE = Map.ofEntries(
            Map.entry("audio", List.of()),
            Map.entry("program", List.of()),
            Map.entry("codec", List.of("audio")),
            Map.entry("codec.ffmpeg", List.of("program", "audio")),
            Map.entry("clock", List.of()),
            Map.entry("load", List.of("clock")),
            Map.entry("cluster", List.of("clock")),
            Map.entry("cluster.redis", List.of("cluster", "clock", "access", "usage")),
            Map.entry("text", List.of()),
            Map.entry("trace", List.of()),
            Map.entry("tracing", List.of("trace")),
            Map.entry("mix", List.of("audio")),
            Map.entry("usage", List.of()),
            Map.entry("access", List.of("usage")),
            Map.entry("speech", List.of("trace", "usage")),
            Map.entry("speech.billing", List.of("speech", "usage")),
            Map.entry("speech.reading", List.of("speech", "text", "audio")),
            Map.entry("speech.voices", List.of("speech")),
            Map.entry("speech.qwen", List.of("speech.voices", "speech.reading", "speech", "audio")),
            Map.entry("speech.http", List.of("speech", "trace")),
            Map.entry("speech.dashscope", List.of("speech.http", "speech.voices", "speech", "audio")),
            Map.entry("speech.openai", List.of("speech.http", "speech", "audio")),
            Map.entry("speech.sentences", List.of("speech", "text", "audio")),
            Map.entry("speech.local", List.of("speech.sentences", "speech.qwen", "speech", "text", "audio")),
            Map.entry("speech.phonemes", List.of("speech")),
            Map.entry("speech.onnx", List.of()),
            Map.entry(
                    "speech.neural",
                    names("speech.phonemes speech.sentences speech.onnx speech.qwen speech text mix audio")),
            Map.entry("speech.command", List.of("speech", "program", "audio")),
            Map.entry("archive", List.of("speech", "audio")),
            Map.entry("archive.shared", List.of("archive", "cluster")),
            Map.entry("speech.upstream", List.of("speech", "trace")),
            Map.entry("source", List.of("mix", "speech", "codec", "audio")),
            Map.entry(
                    "channel", List.of("speech.reading", "speech", "text", "mix", "clock", "audio", "trace", "usage")),
            Map.entry("broadcast.socket", List.of()),
            Map.entry("broadcast", List.of("channel", "clock", "codec", "audio", "broadcast.socket")),
            Map.entry("relay", List.of("cluster", "broadcast", "channel", "speech", "clock", "usage")),
            Map.entry("web.edge", List.of("speech", "load", "trace", "usage")),
            Map.entry(
                    "web.cluster",
                    names("web.edge relay cluster archive.shared archive broadcast channel access usage")),
            Map.entry("web.access", List.of("web.edge", "access", "usage")),
            Map.entry("web.dashscope", List.of("web.edge", "speech.voices", "speech.qwen", "speech", "audio", "usage")),
            Map.entry(
                    "web.openai",
                    List.of("web.edge", "speech.qwen", "speech", "codec.ffmpeg", "codec", "audio", "usage")),
            Map.entry("web.catalogue", List.of("web.edge", "speech.upstream", "speech.qwen", "speech")),
            Map.entry("web.voices", List.of("web.edge", "speech.voices", "speech.qwen", "speech", "audio", "usage")),
            Map.entry("web.channels", List.of("web.edge", "channel", "broadcast", "mix", "speech", "audio", "usage")),
            Map.entry("web.sources", List.of("web.edge", "channel", "source", "mix", "speech", "audio", "usage")),
            Map.entry(
                    "web.listen",
                    names("web.edge access channel broadcast speech codec audio broadcast.socket trace usage")),
            Map.entry("web.audio", List.of("web.edge", "archive")),
            Map.entry("web.connection", List.of()),
            Map.entry(
                    "metrics",
                    names("archive source channel mix broadcast speech.reading audio access web.connection "
                            + "web.listen speech.upstream load broadcast.socket tracing usage cluster")),
            Map.entry("app", List.of("*")));

    /** Libraries that a room may use besides the JDK, by the names of {@link Libraries}; no entry means the JDK alone. */
    static final Map<String, List<String>> LIBRARIES = Map.ofEntries(
            Map.entry("program", List.of("Reactor")),
            Map.entry("codec.ffmpeg", List.of("Reactor", "SLF4J")),
            Map.entry("codec", List.of("Concentus", "jump3r", "java-flac-encoder")),
            Map.entry("usage", List.of("Reactor", "SLF4J")),
            Map.entry("cluster", List.of("Reactor")),
            Map.entry("cluster.redis", List.of("Reactor", "Lettuce", "Netty", "SLF4J")),
            Map.entry("trace", List.of("Reactor", "SLF4J")),
            Map.entry("tracing", List.of("OpenTelemetry")),
            Map.entry("access", List.of("Reactor", "Spring Security", "Nimbus JOSE", "SLF4J")),
            Map.entry("load", List.of("SLF4J")),
            Map.entry("speech", List.of("Reactor")),
            Map.entry("speech.billing", List.of("Reactor")),
            Map.entry("speech.reading", List.of("Reactor")),
            Map.entry("speech.voices", List.of("Reactor")),
            Map.entry("speech.http", List.of("Reactor", "Reactor Netty", "Netty")),
            Map.entry("speech.dashscope", List.of("Reactor", "Reactor Netty", "Netty", "Jackson")),
            Map.entry("speech.openai", List.of("Reactor", "Reactor Netty", "Netty", "Jackson")),
            Map.entry("speech.sentences", List.of("Reactor", "SLF4J")),
            Map.entry("speech.local", List.of("Reactor", "MaryTTS", "W3C DOM", "SLF4J")),
            Map.entry("speech.phonemes", List.of("MaryTTS", "W3C DOM", "HanLP", "Jackson")),
            Map.entry("speech.neural", List.of("Reactor", "Reactor Pool", "ONNX Runtime", "Jackson", "SLF4J")),
            Map.entry("speech.command", List.of("Reactor", "SLF4J")),
            Map.entry("archive", List.of("Reactor", "SLF4J")),
            Map.entry("archive.shared", List.of("Reactor", "SLF4J")),
            Map.entry("speech.upstream", List.of("Reactor", "Reactor Pool", "Resilience4j", "SLF4J")),
            Map.entry("source", List.of("Reactor", "Reactor Netty", "Netty")),
            Map.entry("channel", List.of("Reactor", "SLF4J")),
            Map.entry("broadcast.socket", List.of("Netty", "SLF4J")),
            Map.entry("broadcast", List.of("Reactor", "Netty", "Jackson", "SLF4J")),
            Map.entry("relay", List.of("Reactor", "Jackson", "SLF4J")),
            Map.entry("web.edge", List.of("Spring", "Reactor", "Reactor Netty", "Netty", "Jackson", "SLF4J")),
            Map.entry("web.cluster", List.of("Spring", "Reactor", "Reactor Netty", "Netty", "Jackson", "SLF4J")),
            Map.entry("web.access", List.of("Spring", "Reactor", "Jackson")),
            Map.entry("web.dashscope", List.of("Spring", "Reactor", "Jackson", "SLF4J")),
            Map.entry("web.openai", List.of("Spring", "Reactor", "Jackson", "SLF4J")),
            Map.entry("web.catalogue", List.of("Spring", "Reactor", "Jackson")),
            Map.entry("web.voices", List.of("Spring", "Reactor", "Jackson")),
            Map.entry("web.channels", List.of("Spring", "Reactor", "Reactor Netty", "Jackson")),
            Map.entry("web.sources", List.of("Spring", "Reactor", "Jackson")),
            Map.entry("web.listen", List.of("Spring", "Reactor", "Reactor Netty", "Netty", "Jackson", "SLF4J")),
            Map.entry("web.audio", List.of("Spring", "Reactor")),
            Map.entry("web.connection", List.of("Netty", "SLF4J")),
            Map.entry("metrics", List.of("Micrometer")),
            Map.entry("app", List.of("*")));

    private static final List<String> EVERYWHERE = List.of("java.", "javax.", "org.jspecify.", "dev.stentor.");

    private static final List<JavaSource> SOURCES = MainCode.sources();

    @Test
    void everyPackageIsARoomOfTheMap() {
        assertThat(Imported.CLASSES.stream().map(ArchitectureTest::room).filter(room -> !room.isEmpty()))
                .isNotEmpty()
                .allSatisfy(room -> assertThat(MAY_USE).containsKey(room));
    }

    @Test
    void arrowsGoOnlyWhereTheMapHasThem() {
        assertThat(dependencies().filter(ArchitectureTest::crossesAWallWithoutADoor))
                .extracting(Dependency::getDescription)
                .isEmpty();
    }

    @Test
    void roomsUseOnlyTheirLibraries() {
        assertThat(dependencies().filter(ArchitectureTest::usesAForeignLibrary))
                .extracting(Dependency::getDescription)
                .isEmpty();
    }

    @Test
    void everyDoorIsUsed() {
        var unused = new TreeSet<String>();
        MAY_USE.forEach((room, doors) -> doors.stream()
                .filter(door -> !door.equals("*") && !usedRooms(room).contains(door))
                .forEach(door -> unused.add(room + " -> " + door)));
        assertThat(unused).isEmpty();
    }

    @Test
    void everyLibraryIsUsed() {
        var unused = new TreeSet<String>();
        LIBRARIES.forEach((room, libraries) -> libraries.stream()
                .filter(library ->
                        !library.equals("*") && dependenciesOf(room).noneMatch(d -> Libraries.isOf(library, nameOf(d))))
                .forEach(library -> unused.add(room + " -> " + library)));
        assertThat(unused).isEmpty();
    }

    @Test
    void nothingBlocks() {
        noClasses()
                .should()
                .callMethodWhere(target(owner(assignableTo(Thread.class)))
                        .and(target(nameMatching("sleep|join")))
                        .or(target(owner(assignableTo(Mono.class))).and(target(nameMatching("block.*"))))
                        .or(target(owner(assignableTo(Flux.class)))
                                .and(target(nameMatching("block.*|toIterable|toStream")))))
                .check(Imported.CLASSES);
    }

    @Test
    void classesAreClosedForInheritance() {
        var open = new TreeSet<String>();
        for (JavaClass type : Imported.CLASSES) {
            boolean closed = type.isAnonymousClass()
                    || type.getSimpleName().equals("package-info")
                    || type.getModifiers().contains(JavaModifier.FINAL)
                    || type.getModifiers().contains(JavaModifier.ABSTRACT)
                    || type.isEnum()
                    || room(type).equals("app");
            if (!closed) {
                open.add(type.getName());
            }
        }
        assertThat(open).isEmpty();
    }

    private static List<String> names(String partedByBlanks) {
        return List.of(partedByBlanks.split(" "));
    }

    private static Stream<Dependency> dependenciesOf(String room) {
        return dependencies()
                .filter(dependency -> room(dependency.getOriginClass()).equals(room));
    }

    private static Stream<Dependency> dependencies() {
        return Imported.CLASSES.stream().flatMap(type -> type.getDirectDependenciesFromSelf().stream());
    }

    /** Returns the rooms that a room needs. A constant counts too, although the compiler copies it. */
    private static Set<String> usedRooms(String room) {
        Stream<String> compiled = dependenciesOf(room)
                .map(dependency -> room(dependency.getTargetClass().getBaseComponentType()));
        Stream<String> imported = SOURCES.stream()
                .filter(source -> source.room().equals(room))
                .flatMap(source -> source.importedRooms().stream());
        return Stream.concat(compiled, imported).collect(Collectors.toSet());
    }

    private static boolean crossesAWallWithoutADoor(Dependency dependency) {
        JavaClass target = dependency.getTargetClass().getBaseComponentType();
        if (!target.getPackageName().startsWith(HOUSE)) {
            return false;
        }
        String from = room(dependency.getOriginClass());
        String to = room(target);
        List<String> doors = MAY_USE.getOrDefault(from, List.of());
        return !from.equals(to) && !doors.contains("*") && !doors.contains(to);
    }

    private static boolean usesAForeignLibrary(Dependency dependency) {
        String target = nameOf(dependency);
        if (!target.contains(".")) {
            return false;
        }
        List<String> libraries = LIBRARIES.getOrDefault(room(dependency.getOriginClass()), List.of());
        return EVERYWHERE.stream().noneMatch(target::startsWith)
                && !libraries.contains("*")
                && libraries.stream().noneMatch(library -> Libraries.isOf(library, target));
    }

    private static String nameOf(Dependency dependency) {
        return dependency.getTargetClass().getBaseComponentType().getName();
    }

    private static String room(JavaClass type) {
        String name = type.getPackageName();
        return name.startsWith(HOUSE) ? name.substring(HOUSE.length()) : "";
    }

    /** The classes, read when the first rule needs them: {@link HouseMapTest} only reads the tables. */
    private static final class Imported {

        static final JavaClasses CLASSES =
                new ClassFileImporter().importPath(MainCode.classes().resolve("dev"));
    }
}
