package dev.stentor.deploy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The two kinds of patches of kustomize: a list of operations (JSON Patch), or an object that is laid over another (strategic merge). */
final class Patch {

    /** The field by which the elements of a list are told apart. Other lists are replaced as a whole. */
    private static final Map<String, String> KEYS = Map.of(
            "containers", "name",
            "env", "name",
            "volumes", "name",
            "volumeMounts", "mountPath",
            "topologySpreadConstraints", "topologyKey");

    private static final String DIRECTIVE = "$patch";

    private Patch() {}

    /** Changes an object. */
    static void apply(JsonNode change, ObjectNode object) {
        if (change.isArray()) {
            Yaml.items(change).forEach(operation -> operate(operation, object));
        } else {
            merge((ObjectNode) change, object);
        }
    }

    private static void operate(JsonNode operation, ObjectNode object) {
        JsonPointer path = JsonPointer.compile(operation.path("path").asString());
        JsonNode parent = object.at(path.head());
        String name = path.last().getMatchingProperty();
        if (object.at(path).isMissingNode()) {
            throw new IllegalArgumentException("there is no " + path + " in " + object.at("/metadata/name"));
        }
        switch (operation.path("op").asString()) {
            case "remove" -> ((ObjectNode) parent).remove(name);
            case "replace" -> {
                if (parent instanceof ArrayNode list) {
                    list.set(path.last().getMatchingIndex(), operation.path("value"));
                } else {
                    ((ObjectNode) parent).set(name, operation.path("value"));
                }
            }
            default -> throw new IllegalArgumentException("not known here: " + operation);
        }
    }

    private static void merge(ObjectNode change, ObjectNode object) {
        change.properties().forEach(field -> {
            JsonNode before = object.get(field.getKey());
            JsonNode after = field.getValue();
            if (after instanceof ObjectNode inner && before instanceof ObjectNode outer) {
                merge(inner, outer);
            } else if (after.isArray() && before != null && KEYS.containsKey(field.getKey())) {
                object.set(field.getKey(), merged(after, before, KEYS.get(field.getKey())));
            } else {
                object.set(field.getKey(), after);
            }
        });
    }

    /** Returns the elements of the change, each over the one of the same key, and behind them all others. */
    private static ArrayNode merged(JsonNode change, JsonNode list, String key) {
        List<JsonNode> others = new ArrayList<>(Yaml.items(list).toList());
        ArrayNode merged = ((ArrayNode) list).arrayNode();
        for (JsonNode element : change) {
            JsonNode before = others.stream()
                    .filter(other -> other.path(key).equals(element.path(key)))
                    .findAny()
                    .orElse(null);
            others.remove(before);
            if (element.has(DIRECTIVE)) {
                continue;
            }
            if (before == null) {
                merged.add(element);
            } else {
                merge((ObjectNode) element, (ObjectNode) before);
                merged.add(before);
            }
        }
        return merged.addAll(others);
    }
}
