package dev.stentor.deploy;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import io.kubernetes.client.openapi.JSON;
import io.kubernetes.client.openapi.models.V1ConfigMap;
import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.openapi.models.V1Namespace;
import io.kubernetes.client.openapi.models.V1NetworkPolicy;
import io.kubernetes.client.openapi.models.V1PodDisruptionBudget;
import io.kubernetes.client.openapi.models.V1Secret;
import io.kubernetes.client.openapi.models.V1Service;
import io.kubernetes.client.openapi.models.V1ServiceAccount;
import io.kubernetes.client.openapi.models.V1StatefulSet;
import io.kubernetes.client.openapi.models.V2HorizontalPodAutoscaler;
import java.io.IOException;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** The schema of a resource, from the official models: field names, required fields, types, but not the values of enums. */
record Schema(Class<?> type, Check fields) {

    private static final Map<String, Schema> KINDS = Map.of(
            "apps/v1 Deployment", new Schema(V1Deployment.class, V1Deployment::validateJsonElement),
            "apps/v1 StatefulSet", new Schema(V1StatefulSet.class, V1StatefulSet::validateJsonElement),
            "v1 Service", new Schema(V1Service.class, V1Service::validateJsonElement),
            "v1 ServiceAccount", new Schema(V1ServiceAccount.class, V1ServiceAccount::validateJsonElement),
            "v1 Namespace", new Schema(V1Namespace.class, V1Namespace::validateJsonElement),
            "v1 Secret", new Schema(V1Secret.class, V1Secret::validateJsonElement),
            "v1 ConfigMap", new Schema(V1ConfigMap.class, V1ConfigMap::validateJsonElement),
            "networking.k8s.io/v1 NetworkPolicy",
                    new Schema(V1NetworkPolicy.class, V1NetworkPolicy::validateJsonElement),
            "policy/v1 PodDisruptionBudget",
                    new Schema(V1PodDisruptionBudget.class, V1PodDisruptionBudget::validateJsonElement),
            "autoscaling/v2 HorizontalPodAutoscaler",
                    new Schema(V2HorizontalPodAutoscaler.class, V2HorizontalPodAutoscaler::validateJsonElement));

    /** A check that throws an exception if something is wrong. */
    interface Check {
        void accept(JsonElement resource) throws IOException;
    }

    /** Throws if the resource breaks the schema of its kind, or its kind is not known here. */
    static void check(JsonNode resource) throws IOException {
        String kind = resource.path("apiVersion").asString() + " "
                + resource.path("kind").asString();
        if (CustomResource.knows(kind)) {
            CustomResource.check(kind, resource);
            return;
        }
        Schema schema = KINDS.get(kind);
        if (schema == null) {
            throw new IllegalArgumentException("no schema for " + kind + ": name it in Schema");
        }
        schema.fields().accept(JsonParser.parseString(resource.toString()));
        Object model = JSON.deserialize(resource.toString(), schema.type());
        if (model == null) {
            throw new IllegalArgumentException(kind + " is empty");
        }
    }
}
