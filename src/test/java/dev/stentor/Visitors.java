package dev.stentor;

import java.lang.classfile.ClassModel;
import java.lang.classfile.constantpool.MemberRefEntry;
import java.lang.classfile.constantpool.Utf8Entry;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Types and members of a room that are used from outside it. A class uses a type that its constant pool names, and a member that
 * it refers to. Sources are read too: for constants, which the compiler copies, and for benchmarks, which no test compiles.
 * Immutable.
 */
final class Visitors {

    private static final Pattern WORD = Pattern.compile("\\w+");
    private static final Pattern CONSTANT = Pattern.compile("\\b[A-Z]\\w*\\.[A-Z][A-Z\\d_]*\\b");

    private final Set<String> types = new HashSet<>();
    private final Set<String> members = new HashSet<>();

    /** Members that each room's sources read from types, such as {@code SpeechTime.FRAME_SAMPLES}. */
    private final Map<String, Set<String>> constants;

    /** Words of each room's benchmarks. */
    private final Map<String, Set<String>> words;

    /**
     * Reads the users.
     *
     * @param classes folders with their class files
     * @param sources in which constants of other rooms are looked for
     * @param benchmarks in which any name of other rooms is
     */
    Visitors(CompiledHouse house, List<Path> classes, List<JavaSource> sources, List<JavaSource> benchmarks) {
        this.constants = byRoom(sources, CONSTANT);
        this.words = byRoom(benchmarks, WORD);
        for (Path folder : classes) {
            CompiledHouse.classesBelow(folder).forEach(user -> read(house, user));
        }
    }

    private void read(CompiledHouse house, ClassModel user) {
        String room = CompiledHouse.room(CompiledHouse.name(user));
        for (var entry : user.constantPool()) {
            switch (entry) {
                case Utf8Entry text ->
                    CompiledHouse.namedIn(text.stringValue())
                            .filter(type -> !CompiledHouse.room(type).equals(room))
                            .forEach(types::add);
                case MemberRefEntry reference -> {
                    String member = reference.name() + "" + reference.type();
                    String owner = house.declaring(reference.owner().asInternalName(), member);
                    if (!CompiledHouse.room(owner).equals(room)) {
                        members.add(owner + "." + member);
                    }
                }
                default -> {}
            }
        }
    }

    /** Returns the types that classes of other rooms name. */
    Set<String> types() {
        return Set.copyOf(types);
    }

    /** Tells whether a benchmark of another room names a type. */
    boolean measure(String type) {
        return hasOtherRoom(words, type, CompiledHouse.simpleName(type));
    }

    /** Tells whether another room refers to a method. */
    boolean call(String owner, String method, String descriptor) {
        return members.contains(owner + "." + method + descriptor)
                || (measure(owner) && hasOtherRoom(words, owner, method));
    }

    /** Tells whether another room reads a field, or names a constant. */
    boolean read(String owner, String field, String descriptor) {
        return call(owner, field, descriptor)
                || hasOtherRoom(constants, owner, CompiledHouse.simpleName(owner) + "." + field);
    }

    private static boolean hasOtherRoom(Map<String, Set<String>> rooms, String type, String wanted) {
        return rooms.entrySet().stream()
                .anyMatch(room -> !room.getKey().equals(CompiledHouse.room(type))
                        && room.getValue().contains(wanted));
    }

    private static Map<String, Set<String>> byRoom(List<JavaSource> sources, Pattern pattern) {
        return sources.stream()
                .collect(Collectors.groupingBy(
                        JavaSource::room,
                        Collectors.flatMapping(
                                source ->
                                        pattern.matcher(source.code()).results().map(found -> found.group()),
                                Collectors.toSet())));
    }
}
