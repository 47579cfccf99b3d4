package dev.stentor.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import tools.jackson.databind.JsonNode;

/** Tests of several gateways: what each knows of the others, how they are replaced, how many there are, how clients come in. */
class ClusterManifestsTest {

    private static final Manifests PRODUCTION = Manifests.PRODUCTION;

    @ParameterizedTest
    @FieldSource("dev.stentor.deploy.Manifests#CLUSTERS")
    void aPodTellsTheOthersItsOwnAddress(Manifests manifests) {
        List<String> names = Yaml.items(manifests.container().path("env"))
                .map(variable -> variable.path("name").asString())
                .toList();
        assertThat(names).containsSubsequence("POD_IP", "GATEWAY_CLUSTER_ADDRESS");
        assertThat(manifests
                        .variable("POD_IP")
                        .at("/valueFrom/fieldRef/fieldPath")
                        .asString())
                .isEqualTo("status.podIP");
        int port = manifests.resource("Service").at("/spec/ports/0/port").asInt();
        assertThat(manifests.variable("GATEWAY_CLUSTER_ADDRESS").path("value").asString())
                .isEqualTo("http://$(POD_IP):" + port);
    }

    /** Checks that a base alone is no cluster: it must not ask for a Redis that nobody has. */
    @Test
    void theBaseKnowsNoOtherGateway() {
        assertThat(Manifests.BASE.container().toString()).doesNotContain("CLUSTER");
    }

    @ParameterizedTest
    @FieldSource("dev.stentor.deploy.Manifests#CLUSTERS")
    void whatAllShareComesFromSecrets(Manifests manifests) {
        assertThat(Stream.of("GATEWAY_CLUSTER_REDIS_URI", "GATEWAY_CLUSTER_SECRET", "STENTOR_SIGNING_KEY")
                        .map(manifests::variable))
                .allSatisfy(variable -> {
                    assertThat(variable.at("/valueFrom/secretKeyRef/name").asString())
                            .isNotBlank();
                    assertThat(variable.at("/valueFrom/secretKeyRef").has("optional"))
                            .isFalse();
                    assertThat(variable.has("value")).isFalse();
                });
    }

    @ParameterizedTest
    @FieldSource("dev.stentor.deploy.Manifests#CLUSTERS")
    void theNextPodIsReadyBeforeOneGoes(Manifests manifests) {
        JsonNode strategy = manifests.deployment().at("/spec/strategy");
        assertThat(strategy.path("type").asString()).isEqualTo("RollingUpdate");
        assertThat(strategy.at("/rollingUpdate/maxUnavailable").asInt(1)).isZero();
        assertThat(strategy.at("/rollingUpdate/maxSurge").asInt()).isEqualTo(1);
        assertThat(manifests.deployment().at("/spec/minReadySeconds").asInt()).isPositive();
    }

    @Test
    void theRedisOfALaptopIsWhereItsSecretSays() {
        JsonNode service = Manifests.DEV.resource("Service", "stentor-redis");
        String uri = Manifests.DEV
                .resource("Secret", "stentor-redis")
                .at("/data/uri")
                .asString();
        assertThat(new String(Base64.getDecoder().decode(uri), StandardCharsets.UTF_8))
                .isEqualTo("redis://" + service.at("/metadata/name").asString() + ":"
                        + service.at("/spec/ports/0/port").asInt());
        JsonNode redis = Manifests.DEV.resource("StatefulSet", "stentor-redis");
        assertThat(redis.at("/spec/serviceName")).isEqualTo(service.at("/metadata/name"));
        assertThat(redis.at("/spec/template/metadata/labels").properties())
                .containsAll(service.at("/spec/selector").properties());
        assertThat(redis.at("/spec/template/spec/containers/0/ports/0/name"))
                .isEqualTo(service.at("/spec/ports/0/targetPort"));
        assertThat(Manifests.DEV.deployment().at("/spec/replicas").asInt()).isEqualTo(1);
    }

    @Test
    void theAutoscalerAloneDecidesHowManyThereAre() throws Exception {
        JsonNode autoscaler = PRODUCTION.resource("HorizontalPodAutoscaler").path("spec");
        assertThat(PRODUCTION.deployment().path("spec").has("replicas")).isFalse();
        assertThat(autoscaler.at("/scaleTargetRef/name"))
                .isEqualTo(PRODUCTION.deployment().at("/metadata/name"));
        assertThat(autoscaler.at("/scaleTargetRef/kind").asString()).isEqualTo("Deployment");
        assertThat(autoscaler.at("/minReplicas").asInt()).isGreaterThan(1);
        assertThat(autoscaler.path("metrics")).hasSize(1);
        JsonNode pods = autoscaler.at("/metrics/0/pods");
        String metric = pods.at("/metric/name").asString();
        assertThat(Files.readString(Path.of("docs", "operations.md"))).contains("| `" + metric + "` |");
        assertThat(Files.readString(Path.of("docs", "deployment.md"))).contains("seriesQuery: " + metric);
        int aim = pods.at("/target/averageValue").asInt();
        int most = PRODUCTION.variable("GATEWAY_LISTEN_MAX").path("value").asInt();
        assertThat(aim).as("one pod takes what another leaves").isBetween(most / 4, most * 3 / 4);
        JsonNode down = autoscaler.at("/behavior/scaleDown");
        assertThat(down.path("stabilizationWindowSeconds").asInt()).isGreaterThanOrEqualTo(600);
        assertThat(down.at("/policies/0/value").asInt()).isEqualTo(1);
    }

    @Test
    void theyAreSpreadAndOneIsTakenAwayAtATime() {
        JsonNode labels = PRODUCTION.deployment().at("/spec/selector/matchLabels");
        JsonNode budget = PRODUCTION.resource("PodDisruptionBudget").path("spec");
        assertThat(budget.at("/selector/matchLabels")).isEqualTo(labels);
        assertThat(budget.path("maxUnavailable").asInt()).isEqualTo(1);
        assertThat(budget.path("unhealthyPodEvictionPolicy").asString()).isEqualTo("AlwaysAllow");
        JsonNode spread = PRODUCTION.pod().path("topologySpreadConstraints");
        assertThat(Yaml.items(spread).map(each -> each.path("topologyKey").asString()))
                .containsExactly("topology.kubernetes.io/zone", "kubernetes.io/hostname");
        assertThat(Yaml.items(spread))
                .allSatisfy(each ->
                        assertThat(each.at("/labelSelector/matchLabels")).isEqualTo(labels));
        assertThat(Manifests.BASE.objects().stream()
                        .map(object -> object.path("kind").asString()))
                .as("a budget for one pod holds up each drain")
                .doesNotContain("PodDisruptionBudget");
    }

    @Test
    void theRouteLeadsToTheServiceAndEndsNothing() {
        JsonNode route = PRODUCTION.resource("HTTPRoute").path("spec");
        JsonNode rule = route.at("/rules/0");
        JsonNode service = PRODUCTION.resource("Service");
        assertThat(rule.at("/backendRefs/0/name")).isEqualTo(service.at("/metadata/name"));
        assertThat(rule.at("/backendRefs/0/port")).isEqualTo(service.at("/spec/ports/0/port"));
        assertThat(rule.at("/timeouts/request").asString()).isEqualTo("0s");
        assertThat(rule.at("/timeouts/backendRequest").asString()).isEqualTo("0s");
        assertThat(PRODUCTION
                        .variable("GATEWAY_API_PUBLICADDRESS")
                        .path("value")
                        .asString())
                .isEqualTo("https://" + route.at("/hostnames/0").asString());
        assertThat(PRODUCTION
                        .resource("NetworkPolicy")
                        .at("/spec/ingress/0/from/0/namespaceSelector/matchLabels/kubernetes.io~1metadata.name"))
                .isEqualTo(route.at("/parentRefs/0/namespace"));
    }

    /** Checks that the limit of connections by address does not count all clients of a proxy as one. */
    @Test
    void theProxiesAreNamed() {
        assertThat(PRODUCTION.variable("GATEWAY_PROXIES_TRUSTED").path("value").asString())
                .isNotBlank();
    }
}
