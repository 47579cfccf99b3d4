package dev.stentor.deploy;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The objects that a folder of manifests stands for.
 *
 * @param folder path below k8s/
 * @param objects all that is applied, in no particular order
 */
record Manifests(String folder, List<ObjectNode> objects) {

    static final Path FOLDER = Path.of("k8s");

    static final Manifests BASE = of("base");
    static final Manifests DEV = of("overlays/dev");
    static final Manifests PRODUCTION = of("overlays/production");

    /** Everything that can be applied. */
    static final List<Manifests> ALL = List.of(BASE, DEV, PRODUCTION);

    /** Overlays in which several gateways are one. */
    static final List<Manifests> CLUSTERS = List.of(DEV, PRODUCTION);

    private static final String GATEWAY = "stentor";

    private static Manifests of(String folder) {
        return new Manifests(folder, Kustomize.render(FOLDER.resolve(folder)));
    }

    /** Returns the object of the gateway that is of this kind. */
    JsonNode resource(String kind) {
        return resource(kind, GATEWAY);
    }

    JsonNode resource(String kind, String name) {
        return all(kind)
                .filter(object -> object.at("/metadata/name").asString().equals(name))
                .findAny()
                .orElseThrow(() -> new AssertionError("no " + kind + " " + name + " in " + folder));
    }

    Stream<JsonNode> all(String kind) {
        return objects.stream()
                .filter(object -> object.path("kind").asString().equals(kind))
                .map(object -> object);
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

    /** Returns an environment variable of the gateway; missing if it has none of that name. */
    JsonNode variable(String name) {
        return Yaml.named(container().path("env"), name);
    }

    /** Returns a port that is given by number, or by the name that the container of the gateway gives it. */
    int port(JsonNode numberOrName) {
        if (numberOrName.isNumber()) {
            return numberOrName.asInt();
        }
        return Yaml.named(container().path("ports"), numberOrName.asString())
                .path("containerPort")
                .asInt();
    }

    @Override
    public String toString() {
        return folder;
    }
}
