package dev.stentor;

import java.lang.classfile.Attributes;
import java.lang.classfile.ClassModel;
import java.lang.classfile.FieldModel;
import java.lang.classfile.MethodModel;
import java.lang.reflect.AccessFlag;
import java.lang.reflect.Method;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The public types and members of the house. Left out are all that must be public: members of interfaces, methods that
 * override, components and the canonical constructor of a record, an enum's {@code values}, and the class that the JVM starts.
 * Immutable.
 */
final class PublicSurface {

    private final CompiledHouse house;
    private final Visitors visitors;

    PublicSurface(CompiledHouse house, Visitors visitors) {
        this.house = house;
        this.visitors = visitors;
    }

    /** Lists the public types and members that no other room uses, such as {@code audio.PcmFormat.bytesPerSecond()}. */
    Set<String> unused() {
        var found = new TreeSet<String>();
        Set<String> used = usedTypes();
        for (ClassModel type : house.types()) {
            String name = CompiledHouse.name(type);
            if (name.endsWith("package-info") || type.flags().has(AccessFlag.SYNTHETIC) || isStarted(type)) {
                continue;
            }
            if (house.isPublic(name) && !house.isNestedInInterface(name) && !used.contains(name)) {
                found.add(CompiledHouse.shown(name));
            }
            unusedMembers(type)
                    .map(member -> CompiledHouse.shown(name) + "." + member)
                    .forEach(found::add);
        }
        return found;
    }

    /** Returns the types that other rooms name, and the types in the signatures of the members that they use. */
    private Set<String> usedTypes() {
        var used = new HashSet<String>();
        var open = new ArrayDeque<String>(visitors.types());
        house.types().stream()
                .map(CompiledHouse::name)
                .filter(visitors::measure)
                .forEach(open::add);
        while (!open.isEmpty()) {
            String name = open.remove();
            if (house.has(name) && used.add(name)) {
                signatures(house.type(name)).flatMap(CompiledHouse::namedIn).forEach(open::add);
            }
        }
        return used;
    }

    private Stream<String> signatures(ClassModel type) {
        var signatures = new ArrayList<String>();
        for (MethodModel method : type.methods()) {
            if (method.flags().has(AccessFlag.PUBLIC) && isUsedOrFixed(type, method)) {
                signatures.add(method.methodType().stringValue());
                method.findAttribute(Attributes.signature())
                        .ifPresent(generic -> signatures.add(generic.signature().stringValue()));
            }
        }
        for (FieldModel field : type.fields()) {
            if (field.flags().has(AccessFlag.PUBLIC) && isRead(type, field)) {
                signatures.add(field.fieldType().stringValue());
            }
        }
        return signatures.stream();
    }

    private Stream<String> unusedMembers(ClassModel type) {
        Stream<String> fields = type.fields().stream()
                .filter(field ->
                        field.flags().has(AccessFlag.PUBLIC) && !field.flags().has(AccessFlag.ENUM))
                .filter(field -> !isRead(type, field))
                .map(field -> field.fieldName().stringValue());
        Stream<String> methods = type.methods().stream()
                .filter(method ->
                        method.flags().has(AccessFlag.PUBLIC) && !method.flags().has(AccessFlag.SYNTHETIC))
                .filter(method -> !isUsedOrFixed(type, method))
                .map(PublicSurface::shown);
        return type.flags().has(AccessFlag.INTERFACE) ? Stream.empty() : Stream.concat(fields, methods);
    }

    private boolean isRead(ClassModel type, FieldModel field) {
        return visitors.read(
                CompiledHouse.name(type),
                field.fieldName().stringValue(),
                field.fieldType().stringValue());
    }

    private boolean isUsedOrFixed(ClassModel type, MethodModel method) {
        String name = method.methodName().stringValue();
        return visitors.call(CompiledHouse.name(type), name, method.methodType().stringValue())
                || isOfEveryEnum(type, method)
                || isOfTheRecord(type, method)
                || isInherited(type, method);
    }

    private static boolean isInherited(ClassModel type, MethodModel method) {
        if (method.flags().has(AccessFlag.STATIC) || method.methodName().equalsString("<init>")) {
            return false;
        }
        return type.flags().has(AccessFlag.INTERFACE)
                || overrides(type, method.methodName().stringValue(), parameters(method));
    }

    private static boolean isStarted(ClassModel type) {
        return type.methods().stream()
                .anyMatch(method -> method.methodName().equalsString("main")
                        && method.flags().has(AccessFlag.STATIC));
    }

    private static boolean isOfEveryEnum(ClassModel type, MethodModel method) {
        return type.flags().has(AccessFlag.ENUM)
                && method.flags().has(AccessFlag.STATIC)
                && Set.of("values", "valueOf").contains(method.methodName().stringValue());
    }

    private static boolean isOfTheRecord(ClassModel type, MethodModel method) {
        return type.findAttribute(Attributes.record())
                .filter(record -> {
                    var components = record.components();
                    String canonical = components.stream()
                            .map(component -> component.descriptor().stringValue())
                            .collect(Collectors.joining("", "(", ")V"));
                    return method.methodName().equalsString("<init>")
                            ? method.methodType().equalsString(canonical)
                            : parameters(method) == 0
                                    && components.stream()
                                            .anyMatch(component ->
                                                    component.name().equals(method.methodName()));
                })
                .isPresent();
    }

    private static boolean overrides(ClassModel type, String method, int parameters) {
        try {
            String name = CompiledHouse.name(type).replace('/', '.');
            return above(Class.forName(name, false, PublicSurface.class.getClassLoader()))
                    .flatMap(above -> Arrays.stream(above.getDeclaredMethods()))
                    .filter(candidate ->
                            candidate.getName().equals(method) && candidate.getParameterCount() == parameters)
                    .anyMatch(PublicSurface::isOverridable);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean isOverridable(Method method) {
        return !method.accessFlags().contains(AccessFlag.STATIC)
                && !method.accessFlags().contains(AccessFlag.PRIVATE);
    }

    /** Returns all classes and interfaces above a type, some more than once. */
    private static Stream<Class<?>> above(Class<?> type) {
        var direct = new ArrayList<Class<?>>(List.of(type.getInterfaces()));
        if (type.getSuperclass() != null) {
            direct.add(type.getSuperclass());
        }
        return direct.stream().flatMap(above -> Stream.concat(Stream.of(above), above(above)));
    }

    private static int parameters(MethodModel method) {
        return method.methodTypeSymbol().parameterCount();
    }

    private static String shown(MethodModel method) {
        String parameters = method.methodTypeSymbol().parameterList().stream()
                .map(parameter -> parameter.displayName().replace('$', '.'))
                .collect(Collectors.joining(", ", "(", ")"));
        return (method.methodName().equalsString("<init>") ? "new" : method.methodName()) + parameters;
    }
}
