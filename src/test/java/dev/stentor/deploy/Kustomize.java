package dev.stentor.deploy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A renderer of the folders in k8s/, so that the tests need no kubectl. It knows the part of kustomize that these folders use, and fails at
 * anything else. {@code KubectlTest} compares the results where kubectl is installed.
 */
final class Kustomize {

    private static final String FILE = "kustomization.yaml";

    private static final Set<String> KNOWN = Set.of(
            "apiVersion",
            "kind",
            "namespace",
            "resources",
            "components",
            "configMapGenerator",
            "secretGenerator",
            "patches",
            "images");

    private final Path folder;
    private final JsonNode plan;
    private final List<ObjectNode> objects;

    private Kustomize(Path folder, List<ObjectNode> objects) {
        this.folder = folder;
        this.plan = Yaml.read(folder.resolve(FILE));
        this.objects = objects;
        if (!KNOWN.containsAll(plan.propertyNames())) {
            throw new IllegalArgumentException(
                    folder + " has one of " + plan.propertyNames() + " that is not known here");
        }
    }

    /** Returns the objects that a folder stands for. */
    static List<ObjectNode> render(Path folder) {
        var objects = new ArrayList<ObjectNode>();
        new Kustomize(folder, objects).render();
        return objects;
    }

    private void render() {
        Yaml.texts(plan.path("resources")).forEach(this::addResource);
        Yaml.texts(plan.path("components")).forEach(name -> new Kustomize(resolve(name), objects).render());
        Yaml.items(plan.path("configMapGenerator")).forEach(this::addConfigMap);
        Yaml.items(plan.path("secretGenerator")).forEach(this::addSecret);
        Yaml.items(plan.path("patches")).forEach(this::patch);
        if (plan.has("namespace")) {
            objects.stream()
                    .filter(object -> !object.path("kind").asString().equals("Namespace"))
                    .forEach(object -> object.withObject("/metadata").set("namespace", plan.get("namespace")));
        }
        Yaml.items(plan.path("images")).forEach(this::replaceImage);
    }

    private Path resolve(String name) {
        return folder.resolve(name).normalize();
    }

    private void addResource(String name) {
        Path file = resolve(name);
        if (Files.isDirectory(file)) {
            objects.addAll(render(file));
        } else {
            objects.add((ObjectNode) Yaml.read(file));
        }
    }

    private void addConfigMap(JsonNode generator) {
        ObjectNode data = generated("ConfigMap", generator).putObject("data");
        for (String name : Yaml.texts(generator.path("files"))) {
            data.put(name, text(resolve(name)));
        }
    }

    private void addSecret(JsonNode generator) {
        ObjectNode secret = generated("Secret", generator).put("type", "Opaque");
        ObjectNode data = secret.putObject("data");
        for (String literal : Yaml.texts(generator.path("literals"))) {
            int end = literal.indexOf('=');
            byte[] value = literal.substring(end + 1).getBytes(StandardCharsets.UTF_8);
            data.put(literal.substring(0, end), Base64.getEncoder().encodeToString(value));
        }
    }

    private ObjectNode generated(String kind, JsonNode generator) {
        JsonNode options = generator.path("options");
        if (!options.path("disableNameSuffixHash").asBoolean()) {
            throw new IllegalArgumentException("a name with a hash is not known here: " + generator.path("name"));
        }
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        object.put("apiVersion", "v1").put("kind", kind);
        ObjectNode metadata = object.putObject("metadata");
        metadata.set("name", generator.path("name"));
        if (options.has("labels")) {
            metadata.set("labels", options.path("labels"));
        }
        objects.add(object);
        return object;
    }

    private void patch(JsonNode entry) {
        JsonNode change = entry.has("path")
                ? Yaml.read(resolve(entry.path("path").asString()))
                : Yaml.parse(entry.path("patch").asString());
        JsonNode target = entry.has("target") ? entry.path("target") : named(change);
        List<ObjectNode> targets =
                objects.stream().filter(object -> named(object).equals(target)).toList();
        if (targets.isEmpty()) {
            throw new IllegalArgumentException(folder + " patches " + target + ", which is not there");
        }
        targets.forEach(object -> Patch.apply(change, object));
    }

    private static ObjectNode named(JsonNode object) {
        ObjectNode name = JsonNodeFactory.instance.objectNode();
        name.set("kind", object.path("kind"));
        name.set("name", object.at("/metadata/name"));
        return name;
    }

    private void replaceImage(JsonNode image) {
        String name = image.path("name").asString();
        containers()
                .filter(container -> container.path("image").asString().matches(Pattern.quote(name) + "(:.*)?"))
                .forEach(container -> container.put(
                        "image",
                        image.path("newName").asString(name) + ":"
                                + image.path("newTag").asString()));
    }

    private Stream<ObjectNode> containers() {
        return objects.stream()
                .flatMap(object -> Yaml.items(object.at("/spec/template/spec/containers")))
                .map(ObjectNode.class::cast);
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
