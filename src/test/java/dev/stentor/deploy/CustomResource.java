package dev.stentor.deploy;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * The fields of resources that no model knows, since they are not Kubernetes' own: those that our manifests use, as the definitions of the
 * Gateway API (v1) and of the Prometheus Operator have them.
 */
final class CustomResource {

    private static final Map<String, Set<String>> KINDS = Map.of(
            "gateway.networking.k8s.io/v1 HTTPRoute", fields("""
                            spec.parentRefs[].name spec.parentRefs[].namespace spec.parentRefs[].sectionName spec.hostnames[]
                            spec.rules[].matches[].path.type spec.rules[].matches[].path.value
                            spec.rules[].timeouts.request spec.rules[].timeouts.backendRequest
                            spec.rules[].backendRefs[].name spec.rules[].backendRefs[].port"""),
            "monitoring.coreos.com/v1 PodMonitor", fields("""
                            spec.selector.matchLabels.app.kubernetes.io/name spec.jobLabel
                            spec.podMetricsEndpoints[].port spec.podMetricsEndpoints[].path spec.podMetricsEndpoints[].interval"""),
            "monitoring.coreos.com/v1 PrometheusRule", fields("""
                            spec.groups[].name spec.groups[].rules[].alert spec.groups[].rules[].expr spec.groups[].rules[].for
                            spec.groups[].rules[].labels.severity spec.groups[].rules[].annotations.summary
                            spec.groups[].rules[].annotations.description"""));

    private static final Set<String> OF_ALL =
            fields("apiVersion kind metadata.name metadata.namespace metadata.labels.app.kubernetes.io/name");

    private CustomResource() {}

    static boolean knows(String kind) {
        return KINDS.containsKey(kind);
    }

    /** Throws if the resource has another field than those of its kind. */
    static void check(String kind, JsonNode resource) {
        var unknown = new TreeSet<String>();
        collect("", resource, unknown);
        unknown.removeAll(OF_ALL);
        unknown.removeAll(KINDS.getOrDefault(kind, Set.of()));
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException(kind + " has no " + unknown);
        }
    }

    private static void collect(String path, JsonNode tree, Set<String> found) {
        if (tree.isObject()) {
            tree.properties()
                    .forEach(field -> collect(
                            path.isEmpty() ? field.getKey() : path + "." + field.getKey(), field.getValue(), found));
        } else if (tree.isArray()) {
            tree.forEach(element -> collect(path + "[]", element, found));
        } else {
            found.add(path);
        }
    }

    private static Set<String> fields(String names) {
        return Stream.of(names.split("\\s+")).collect(Collectors.toSet());
    }
}
