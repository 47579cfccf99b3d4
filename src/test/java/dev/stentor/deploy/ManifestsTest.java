package dev.stentor.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.util.unit.DataSize;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Tests of the base and of each overlay alone: complete, valid, restricted, consistent. */
class ManifestsTest {

    private static final JsonNode DEPLOYMENT = Manifests.BASE.deployment();

    static Stream<Arguments> resources() {
        return Manifests.ALL.stream()
                .flatMap(manifests -> manifests.objects().stream()
                        .map(object -> Arguments.of(
                                manifests,
                                object.path("kind").asString(),
                                object.at("/metadata/name").asString(),
                                object)));
    }

    /** Checks that no file lies about that nobody reads. */
    @Test
    void everyFileIsUsed() throws Exception {
        Set<Path> unused;
        try (Stream<Path> files = Files.walk(Manifests.FOLDER)) {
            unused = new TreeSet<>(files.filter(Files::isRegularFile).toList());
        }
        for (Path list : List.copyOf(unused)) {
            if (list.endsWith("kustomization.yaml")) {
                unused.remove(list);
                JsonNode plan = Yaml.read(list);
                Stream.concat(
                                Yaml.texts(plan.path("resources")).stream(),
                                Yaml.items(plan.path("patches"))
                                        .map(patch -> patch.path("path").asString()))
                        .forEach(name -> unused.remove(list.resolveSibling(name)));
            }
        }
        assertThat(unused).isEmpty();
    }

    @ParameterizedTest(name = "{0}: {1} {2}")
    @MethodSource("resources")
    void aResourceIsWhatKubernetesKnows(Manifests manifests, String kind, String name, JsonNode resource)
            throws Exception {
        assertThat(resource.path("apiVersion").asString()).isNotBlank();
        assertThat(kind).isNotBlank();
        assertThat(name).startsWith("stentor");
        if (manifests.equals(Manifests.BASE)) {
            assertThat(resource.path("metadata").has("namespace")).isFalse();
        } else if (!kind.equals("Namespace")) {
            assertThat(resource.at("/metadata/namespace").asString()).isEqualTo("stentor");
        }
        Schema.check(resource);
    }

    @ParameterizedTest
    @FieldSource("dev.stentor.deploy.Manifests#ALL")
    void noResourceIsThereTwice(Manifests manifests) {
        assertThat(manifests.objects().stream().map(object -> object.path("kind") + " " + object.at("/metadata/name")))
                .doesNotHaveDuplicates();
    }

    @Test
    void theSchemaSeesAFieldThatItDoesNotKnow() {
        JsonNode planted = DEPLOYMENT.deepCopy();
        ((ObjectNode) planted.at("/spec/template/spec/containers/0")).put("imagePulPolicy", "Always");
        assertThatThrownBy(() -> Schema.check(planted)).hasMessageContaining("imagePulPolicy");
        JsonNode route = Manifests.PRODUCTION.resource("HTTPRoute").deepCopy();
        ((ObjectNode) route.at("/spec/rules/0/timeouts")).put("requests", "0s");
        assertThatThrownBy(() -> Schema.check(route)).hasMessageContaining("spec.rules[].timeouts.requests");
    }

    @Test
    void theSchemaSeesAWrongType() {
        JsonNode planted = DEPLOYMENT.deepCopy();
        ((ObjectNode) planted.path("spec")).put("replicas", "many");
        assertThatThrownBy(() -> Schema.check(planted)).hasMessageContaining("many");
    }

    @Test
    void onlyOneReplicaEverRunsWithoutACluster() {
        assertThat(DEPLOYMENT.at("/spec/replicas").asInt()).isEqualTo(1);
        assertThat(DEPLOYMENT.at("/spec/strategy/type").asString()).isEqualTo("Recreate");
    }

    @ParameterizedTest
    @FieldSource("dev.stentor.deploy.Manifests#ALL")
    void theSecurityContextIsRestricted(Manifests manifests) {
        List<JsonNode> pods = Stream.concat(manifests.all("Deployment"), manifests.all("StatefulSet"))
                .map(owner -> owner.at("/spec/template/spec"))
                .toList();
        assertThat(pods).isNotEmpty().allSatisfy(ManifestsTest::isRestricted);
    }

    private static void isRestricted(JsonNode pod) {
        JsonNode context = pod.path("securityContext");
        assertThat(context.at("/runAsNonRoot").asBoolean()).isTrue();
        assertThat(context.at("/runAsUser").asInt()).isPositive();
        assertThat(context.at("/seccompProfile/type").asString()).isEqualTo("RuntimeDefault");
        assertThat(pod.propertyNames()).doesNotContain("hostNetwork", "hostPID", "hostIPC", "initContainers");
        assertThat(pod.at("/automountServiceAccountToken").asBoolean(true)).isFalse();
        assertThat(pod.path("containers")).hasSize(1);
        JsonNode container = pod.at("/containers/0/securityContext");
        assertThat(container.at("/allowPrivilegeEscalation").asBoolean(true)).isFalse();
        assertThat(container.at("/readOnlyRootFilesystem").asBoolean()).isTrue();
        assertThat(Yaml.texts(container.at("/capabilities/drop"))).containsExactly("ALL");
        assertThat(container.path("capabilities").has("add")).isFalse();
        assertThat(container.propertyNames())
                .as("what the container overrides")
                .containsExactlyInAnyOrder("allowPrivilegeEscalation", "readOnlyRootFilesystem", "capabilities");
        JsonNode resources = pod.at("/containers/0/resources");
        assertThat(resources.at("/requests/memory").asString()).isNotBlank();
        assertThat(resources.at("/requests/memory")).as("memory is certain").isEqualTo(resources.at("/limits/memory"));
        assertThat(resources.at("/requests/cpu").asString()).isNotBlank();
        assertThat(resources.path("limits").has("cpu")).as("throttled").isFalse();
    }

    @ParameterizedTest
    @FieldSource("dev.stentor.deploy.Manifests#ALL")
    void theTemporaryFolderCanBeWritten(Manifests manifests) {
        assertThat(volume(manifests, "/tmp").has("emptyDir")).isTrue();
    }

    @ParameterizedTest
    @FieldSource("dev.stentor.deploy.Manifests#ALL")
    void theArchiveAndTheUploadedSoundsHaveAVolumeWithRoomForAllOfThem(Manifests manifests) {
        String limit = volume(manifests, "/app/data").at("/emptyDir/sizeLimit").asString();
        assertThat(limit).endsWith("Gi");
        assertThat(DataSize.parse(limit.replace("Gi", "GB")))
                .as("2 GB of recordings; 50 sounds of 20 MB, and one that is on its way")
                .isGreaterThan(DataSize.ofMegabytes(2 * 1_024 + 51 * 20));
        assertThat(manifests.pod().at("/securityContext/fsGroup"))
                .isEqualTo(manifests.pod().at("/securityContext/runAsGroup"));
    }

    private static JsonNode volume(Manifests manifests, String path) {
        JsonNode mount = Yaml.items(manifests.container().path("volumeMounts"))
                .filter(each -> each.path("mountPath").asString().equals(path))
                .findAny()
                .orElseThrow();
        assertThat(mount.path("readOnly").asBoolean()).isFalse();
        return Yaml.named(manifests.pod().path("volumes"), mount.path("name").asString());
    }

    @ParameterizedTest
    @FieldSource("dev.stentor.deploy.Manifests#ALL")
    void nobodyGetsATokenOfTheCluster(Manifests manifests) {
        JsonNode account = manifests.resource("ServiceAccount");
        assertThat(account.at("/automountServiceAccountToken").asBoolean(true)).isFalse();
        assertThat(manifests.pod().path("serviceAccountName")).isEqualTo(account.at("/metadata/name"));
    }

    @ParameterizedTest
    @FieldSource("dev.stentor.deploy.Manifests#ALL")
    void thePortsAgree(Manifests manifests) {
        int port = manifests.port(
                Yaml.named(manifests.container().path("ports"), "http").path("containerPort"));
        JsonNode service = manifests.resource("Service").path("spec");
        assertThat(Yaml.items(manifests.container().path("ports"))
                        .map(each -> each.path("name").asString()))
                .containsExactly("http", "management");
        assertThat(service.path("ports")).hasSize(1);
        assertThat(service.at("/ports/0/port").asInt()).isEqualTo(port);
        assertThat(manifests.port(service.at("/ports/0/targetPort"))).isEqualTo(port);
        assertThat(service.at("/ports/0/appProtocol").asString()).isEqualTo("kubernetes.io/ws");
        assertThat(manifests.port(manifests.resource("NetworkPolicy").at("/spec/ingress/0/ports/0/port")))
                .isEqualTo(port);
    }

    @ParameterizedTest
    @FieldSource("dev.stentor.deploy.Manifests#ALL")
    void theSelectorsFindThePod(Manifests manifests) {
        JsonNode labels = manifests.deployment().at("/spec/template/metadata/labels");
        for (JsonNode selector : List.of(
                manifests.deployment().at("/spec/selector/matchLabels"),
                manifests.resource("Service").at("/spec/selector"),
                manifests.resource("NetworkPolicy").at("/spec/podSelector/matchLabels"))) {
            assertThat(selector.properties()).isNotEmpty();
            assertThat(labels.properties()).containsAll(selector.properties());
        }
    }
}
