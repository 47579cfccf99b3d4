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
import tools.jackson.databind.node.MissingNode;

/** A reader of YAML as trees, which JSON pointers can address. */
final class Yaml {

    private static final JsonMapper MAPPER = new JsonMapper();

    private Yaml() {}

    /** Reads the only document of a file; a repeated key is an error. */
    static JsonNode read(Path file) {
        try {
            return parse(Files.readString(file));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Parses the only document of a text. */
    static JsonNode parse(String text) {
        return MAPPER.valueToTree(reader().load(text));
    }

    /** Parses all documents of a text. */
    static Stream<JsonNode> documents(String text) {
        return StreamSupport.stream(reader().loadAll(text).spliterator(), false).map(MAPPER::valueToTree);
    }

    private static org.yaml.snakeyaml.Yaml reader() {
        var options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        return new org.yaml.snakeyaml.Yaml(new SafeConstructor(options));
    }

    static Stream<JsonNode> items(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false);
    }

    /** Returns the element of a list that has this name; missing if there is none. */
    static JsonNode named(JsonNode list, String name) {
        return items(list)
                .filter(item -> item.path("name").asString().equals(name))
                .findAny()
                .orElse(MissingNode.getInstance());
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
