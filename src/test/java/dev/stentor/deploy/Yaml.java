package dev.stentor.deploy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A reader of YAML as trees, which JSON pointers can address. */
final class Yaml {

    private static final JsonMapper MAPPER = new JsonMapper();

    private Yaml() {}

    /** Reads the only document of a file; a repeated key is an error. */
    static JsonNode read(Path file) {
        var options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        try (var reader = Files.newBufferedReader(file)) {
            Object document = new org.yaml.snakeyaml.Yaml(new SafeConstructor(options)).load(reader);
            return MAPPER.valueToTree(document);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    static Stream<JsonNode> items(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false);
    }

    /** Returns the strings of a list. */
    static List<String> texts(JsonNode list) {
        return items(list).map(JsonNode::asString).toList();
    }

    /** Returns every value by its path with dots, as Spring names its properties. */
    static Map<String, String> properties(JsonNode tree) {
        var found = new TreeMap<String, String>();
        collect("", tree, found);
        return found;
    }

    private static void collect(String path, JsonNode tree, Map<String, String> found) {
        if (tree.isObject()) {
            tree.properties().forEach(entry -> {
                String name = path.isEmpty() ? entry.getKey() : path + "." + entry.getKey();
                collect(name, entry.getValue(), found);
            });
        } else {
            found.put(path, tree.asString());
        }
    }
}
