package dev.stentor.deploy;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/**
 * A folder of manifests as kustomize reads it.
 *
 * @param kustomization list of the files
 * @param resources listed resources, by file
 */
record Manifests(JsonNode kustomization, Map<String, JsonNode> resources) {

    static final Path FOLDER = Path.of("k8s", "base");

    /** Reads the manifests of this project. */
    static Manifests base() {
        JsonNode kustomization = Yaml.read(FOLDER.resolve("kustomization.yaml"));
        var resources = new TreeMap<String, JsonNode>();
        Yaml.texts(kustomization.at("/resources"))
                .forEach(file -> resources.put(file, Yaml.read(FOLDER.resolve(file))));
        return new Manifests(kustomization, resources);
    }

    /** Returns the only resource of its kind. */
    JsonNode resource(String kind) {
        return resources.values().stream()
                .filter(resource -> resource.path("kind").asString().equals(kind))
                .findAny()
                .orElseThrow(() -> new AssertionError("no " + kind + " among " + resources.keySet()));
    }

    JsonNode deployment() {
        return resource("Deployment");
    }

    JsonNode pod() {
        return deployment().at("/spec/template/spec");
    }

    JsonNode container() {
        return pod().at("/containers/0");
    }

    /** Returns a port that is given by number, or by the name that the container gives it. */
    int port(JsonNode numberOrName) {
        if (numberOrName.isNumber()) {
            return numberOrName.asInt();
        }
        return Yaml.items(container().at("/ports"))
                .filter(port -> port.path("name").equals(numberOrName))
                .findAny()
                .orElseThrow(() -> new AssertionError("the container has no port named " + numberOrName))
                .path("containerPort")
                .asInt();
    }
}
