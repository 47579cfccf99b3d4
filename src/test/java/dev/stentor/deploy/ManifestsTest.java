package dev.stentor.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.util.unit.DataSize;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Tests of the Kubernetes manifests alone: complete, valid, restricted, consistent. */
class ManifestsTest {

    private static final Manifests BASE = Manifests.base();
    private static final JsonNode DEPLOYMENT = BASE.deployment();
    private static final JsonNode POD = BASE.pod();
    private static final JsonNode CONTAINER = BASE.container();

    static Stream<Map.Entry<String, JsonNode>> resources() {
        return BASE.resources().entrySet().stream();
    }

    @Test
    void everyFileIsListedOnce() throws Exception {
        List<String> listed = Yaml.texts(BASE.kustomization().at("/resources"));
        try (var files = Files.list(Manifests.FOLDER)) {
            assertThat(files.map(file -> file.getFileName().toString()).filter(name -> !name.startsWith("kustom")))
                    .containsExactlyInAnyOrderElementsOf(listed);
        }
    }

    @ParameterizedTest
    @MethodSource("resources")
    void aResourceIsWhatKubernetesKnows(Map.Entry<String, JsonNode> file) throws Exception {
        JsonNode resource = file.getValue();
        assertThat(resource.path("apiVersion").asString()).isNotBlank();
        assertThat(resource.path("kind").asString()).isNotBlank();
        assertThat(resource.at("/metadata/name").asString()).isEqualTo("stentor");
        assertThat(resource.path("metadata").has("namespace")).isFalse();
        Schema.check(resource);
    }

    @Test
    void theSchemaSeesAFieldThatItDoesNotKnow() {
        JsonNode planted = DEPLOYMENT.deepCopy();
        ((ObjectNode) planted.at("/spec/template/spec/containers/0")).put("imagePulPolicy", "Always");
        assertThatThrownBy(() -> Schema.check(planted)).hasMessageContaining("imagePulPolicy");
    }

    @Test
    void theSchemaSeesAWrongType() {
        JsonNode planted = DEPLOYMENT.deepCopy();
        ((ObjectNode) planted.path("spec")).put("replicas", "many");
        assertThatThrownBy(() -> Schema.check(planted)).hasMessageContaining("many");
    }

    @Test
    void onlyOneReplicaEverRuns() {
        assertThat(DEPLOYMENT.at("/spec/replicas").asInt()).isEqualTo(1);
        assertThat(DEPLOYMENT.at("/spec/strategy/type").asString()).isEqualTo("Recreate");
    }

    @Test
    void theSecurityContextIsRestricted() {
        JsonNode pod = POD.path("securityContext");
        assertThat(pod.at("/runAsNonRoot").asBoolean()).isTrue();
        assertThat(pod.at("/runAsUser").asInt()).isPositive();
        assertThat(pod.at("/seccompProfile/type").asString()).isEqualTo("RuntimeDefault");
        JsonNode container = CONTAINER.path("securityContext");
        assertThat(container.at("/allowPrivilegeEscalation").asBoolean(true)).isFalse();
        assertThat(container.at("/readOnlyRootFilesystem").asBoolean()).isTrue();
        assertThat(Yaml.texts(container.at("/capabilities/drop"))).containsExactly("ALL");
        assertThat(container.path("capabilities").has("add")).isFalse();
        assertThat(container.propertyNames())
                .as("what the container overrides")
                .containsExactlyInAnyOrder("allowPrivilegeEscalation", "readOnlyRootFilesystem", "capabilities");
        assertThat(POD.propertyNames()).doesNotContain("hostNetwork", "hostPID", "hostIPC", "initContainers");
        assertThat(POD.path("containers")).hasSize(1);
    }

    @Test
    void theTemporaryFolderCanBeWritten() {
        assertThat(CONTAINER.at("/volumeMounts/0/mountPath").asString()).isEqualTo("/tmp");
        assertThat(CONTAINER.at("/volumeMounts/0/name")).isEqualTo(POD.at("/volumes/0/name"));
        assertThat(POD.at("/volumes/0").has("emptyDir")).isTrue();
    }

    @Test
    void theArchiveAndTheUploadedSoundsHaveAVolumeWithRoomForAllOfThem() {
        JsonNode mount = named(CONTAINER.path("volumeMounts"), "data");
        JsonNode volume = named(POD.path("volumes"), "data").path("emptyDir");
        assertThat(mount.path("mountPath").asString()).isEqualTo("/app/data");
        assertThat(mount.path("readOnly").asBoolean()).isFalse();
        String limit = volume.path("sizeLimit").asString();
        assertThat(limit).endsWith("Gi");
        assertThat(DataSize.parse(limit.replace("Gi", "GB")))
                .as("2 GB of recordings; 50 sounds of 20 MB, and one that is on its way")
                .isGreaterThan(DataSize.ofMegabytes(2 * 1_024 + 51 * 20));
        assertThat(POD.at("/securityContext/fsGroup")).isEqualTo(POD.at("/securityContext/runAsGroup"));
    }

    private static JsonNode named(JsonNode list, String name) {
        return Yaml.items(list)
                .filter(item -> item.path("name").asString().equals(name))
                .findAny()
                .orElseThrow();
    }

    @Test
    void nobodyGetsATokenOfTheCluster() {
        JsonNode account = BASE.resource("ServiceAccount");
        assertThat(account.at("/automountServiceAccountToken").asBoolean(true)).isFalse();
        assertThat(POD.at("/automountServiceAccountToken").asBoolean(true)).isFalse();
        assertThat(POD.path("serviceAccountName")).isEqualTo(account.at("/metadata/name"));
    }

    @Test
    void thePortsAgree() {
        int port = CONTAINER.at("/ports/0/containerPort").asInt();
        JsonNode service = BASE.resource("Service").path("spec");
        assertThat(Yaml.items(CONTAINER.path("ports"))
                        .map(each -> each.path("name").asString()))
                .containsExactly("http", "management");
        assertThat(service.path("ports")).hasSize(1);
        assertThat(service.at("/ports/0/port").asInt()).isEqualTo(port);
        assertThat(BASE.port(service.at("/ports/0/targetPort"))).isEqualTo(port);
        assertThat(service.at("/ports/0/appProtocol").asString()).isEqualTo("kubernetes.io/ws");
        assertThat(BASE.port(BASE.resource("NetworkPolicy").at("/spec/ingress/0/ports/0/port")))
                .isEqualTo(port);
    }

    @Test
    void healthAndMetricsAreForTheNamespaceOfMonitoringOnly() {
        JsonNode rule = BASE.resource("NetworkPolicy").at("/spec/ingress/1");
        assertThat(BASE.resource("NetworkPolicy").at("/spec/ingress")).hasSize(2);
        assertThat(rule.at("/ports")).hasSize(1);
        assertThat(rule.at("/ports/0/port").asString()).isEqualTo("management");
        assertThat(rule.at("/from")).hasSize(1);
        assertThat(rule.at("/from/0/namespaceSelector/matchLabels").properties())
                .hasSize(1);
        assertThat(rule.at("/from/0").has("podSelector")).isFalse();
    }

    @Test
    void theNetworkPolicyLetsOutNamesAndTheCloudServiceOnly() {
        JsonNode policy = BASE.resource("NetworkPolicy").path("spec");
        assertThat(Yaml.texts(policy.path("policyTypes"))).containsExactlyInAnyOrder("Ingress", "Egress");
        assertThat(Yaml.items(policy.path("egress"))
                        .flatMap(rule -> Yaml.items(rule.path("ports")))
                        .map(port -> port.path("protocol").asString()
                                + port.path("port").asInt()))
                .containsExactlyInAnyOrder("UDP53", "TCP53", "TCP443");
    }

    @Test
    void theSelectorsFindThePod() {
        JsonNode labels = DEPLOYMENT.at("/spec/template/metadata/labels");
        for (JsonNode selector : List.of(
                DEPLOYMENT.at("/spec/selector/matchLabels"),
                BASE.resource("Service").at("/spec/selector"),
                BASE.resource("NetworkPolicy").at("/spec/podSelector/matchLabels"))) {
            assertThat(selector.properties()).isNotEmpty();
            assertThat(labels.properties()).containsAll(selector.properties());
        }
    }

    @Test
    void theKeyMayBeMissing() {
        JsonNode secret = Yaml.items(CONTAINER.path("env"))
                .filter(variable -> variable.path("name").asString().equals("DASHSCOPE_API_KEY"))
                .findAny()
                .orElseThrow()
                .at("/valueFrom/secretKeyRef");
        assertThat(secret.at("/name").asString()).isEqualTo("stentor-dashscope");
        assertThat(secret.at("/key").asString()).isEqualTo("api-key");
        assertThat(secret.at("/optional").asBoolean()).isTrue();
    }

    @Test
    void memoryIsCertainAndTheProcessorIsNotThrottled() {
        JsonNode resources = CONTAINER.path("resources");
        assertThat(resources.at("/requests/memory").asString()).isNotBlank();
        assertThat(resources.at("/requests/memory")).isEqualTo(resources.at("/limits/memory"));
        assertThat(resources.at("/requests/cpu").asString()).isNotBlank();
        assertThat(resources.path("limits").has("cpu")).isFalse();
    }
}
