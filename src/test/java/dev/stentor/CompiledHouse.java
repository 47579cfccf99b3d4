package dev.stentor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.reflect.AccessFlag;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The class files of the house by their internal names, such as {@code dev/stentor/audio/PcmFormat}. Immutable. */
final class CompiledHouse {

    private static final String HOUSE = "dev/stentor/";
    private static final Pattern TYPE = Pattern.compile(HOUSE + "[\\w/$]+");

    private final Map<String, ClassModel> types = new TreeMap<>();

    /** Names and descriptors of what each type declares itself. */
    private final Map<String, Set<String>> members = new HashMap<>();

    CompiledHouse(Path folder) {
        for (ClassModel type : classesBelow(folder)) {
            types.put(name(type), type);
            members.put(name(type), declaredIn(type));
        }
    }

    /** Reads all class files of the house's packages below a folder. */
    static List<ClassModel> classesBelow(Path folder) {
        try (Stream<Path> files = Files.walk(folder.resolve(HOUSE))) {
            var types = new ArrayList<ClassModel>();
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".class")).toList()) {
                types.add(ClassFile.of().parse(file));
            }
            return types;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns all types, nested ones too. */
    Collection<ClassModel> types() {
        return types.values();
    }

    static String name(ClassModel type) {
        return type.thisClass().asInternalName();
    }

    /** Returns the room of a type; empty for a type that is not the house's. */
    static String room(String type) {
        int end = type.lastIndexOf('/');
        return type.startsWith(HOUSE) && end > HOUSE.length()
                ? type.substring(HOUSE.length(), end).replace('/', '.')
                : "";
    }

    /** Returns the house's types that a descriptor or a generic signature names. */
    static Stream<String> namedIn(String signature) {
        return TYPE.matcher(signature).results().map(found -> found.group());
    }

    /** Returns a type's name as a reader writes it, with the room in front. */
    static String shown(String type) {
        return type.substring(HOUSE.length()).replace('/', '.').replace('$', '.');
    }

    static String simpleName(String type) {
        return type.substring(Math.max(type.lastIndexOf('/'), type.lastIndexOf('$')) + 1);
    }

    boolean has(String type) {
        return types.containsKey(type);
    }

    ClassModel type(String name) {
        return Objects.requireNonNull(types.get(name), name);
    }

    /**
     * Returns the type that declares a member: the owner itself, or a type above it.
     *
     * @param member its name and its descriptor
     */
    String declaring(String owner, String member) {
        ClassModel type = types.get(owner);
        if (type == null || declares(owner, member)) {
            return owner;
        }
        return Stream.concat(type.superclass().stream(), type.interfaces().stream())
                .map(above -> declaring(above.asInternalName(), member))
                .filter(above -> declares(above, member))
                .findFirst()
                .orElse(owner);
    }

    /** Tells whether a type is declared public, at the top of a file or nested. */
    boolean isPublic(String name) {
        ClassModel type = type(name);
        return type.findAttribute(Attributes.innerClasses()).stream()
                .flatMap(nested -> nested.classes().stream())
                .filter(nested -> nested.innerClass().asInternalName().equals(name))
                .map(nested -> nested.outerClass().isPresent() && nested.has(AccessFlag.PUBLIC))
                .findFirst()
                .orElse(type.flags().has(AccessFlag.PUBLIC));
    }

    /** Tells whether a type is nested in an interface, which makes it public implicitly. */
    boolean isNestedInInterface(String name) {
        int outer = name.lastIndexOf('$');
        return outer > 0 && type(name.substring(0, outer)).flags().has(AccessFlag.INTERFACE);
    }

    private boolean declares(String type, String member) {
        return members.getOrDefault(type, Set.of()).contains(member);
    }

    private static Set<String> declaredIn(ClassModel type) {
        return Stream.concat(
                        type.methods().stream().map(method -> method.methodName() + "" + method.methodType()),
                        type.fields().stream().map(field -> field.fieldName() + "" + field.fieldType()))
                .collect(Collectors.toSet());
    }
}
