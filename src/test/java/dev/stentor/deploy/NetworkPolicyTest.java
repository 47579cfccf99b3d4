package dev.stentor.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import tools.jackson.databind.JsonNode;

/** Tests of who may reach the gateway, and whom it may reach. */
class NetworkPolicyTest {

    @ParameterizedTest
    @FieldSource("dev.stentor.deploy.Manifests#ALL")
    void healthAndMetricsAreForTheNamespaceOfMonitoringOnly(Manifests manifests) {
        JsonNode rule = manifests.resource("NetworkPolicy").at("/spec/ingress/1");
        assertThat(manifests.resource("NetworkPolicy").at("/spec/ingress")).hasSize(2);
        assertThat(rule.at("/ports")).hasSize(1);
        assertThat(rule.at("/ports/0/port").asString()).isEqualTo("management");
        assertThat(rule.at("/from")).hasSize(1);
        assertThat(rule.at("/from/0/namespaceSelector/matchLabels").properties())
                .hasSize(1);
        assertThat(rule.at("/from/0").has("podSelector")).isFalse();
    }

    @ParameterizedTest
    @FieldSource("dev.stentor.deploy.Manifests#ALL")
    void itLetsOutNamesAndTheCloudServiceOnly(Manifests manifests) {
        JsonNode policy = manifests.resource("NetworkPolicy").path("spec");
        assertThat(Yaml.texts(policy.path("policyTypes"))).containsExactlyInAnyOrder("Ingress", "Egress");
        assertThat(Yaml.items(policy.path("egress"))
                        .flatMap(rule -> Yaml.items(rule.path("ports")))
                        .map(port -> port.path("protocol").asString()
                                + port.path("port").asInt()))
                .containsExactlyInAnyOrder("UDP53", "TCP53", "TCP443");
    }

    /** Checks that a gateway without keys is closed to other namespaces. */
    @Test
    void withoutKeysOnlyPodsOfTheNamespaceMayConnect() {
        for (Manifests manifests : Manifests.ALL) {
            boolean open =
                    manifests.variable("GATEWAY_ACCESS_OPEN").path("value").asBoolean();
            JsonNode from = manifests.resource("NetworkPolicy").at("/spec/ingress/0/from");
            assertThat(from).hasSize(1);
            assertThat(from.at("/0").has("namespaceSelector"))
                    .as(manifests.folder())
                    .isNotEqualTo(open);
            assertThat(manifests.variable("GATEWAY_ACCESS_KEYFILE").isMissingNode())
                    .isEqualTo(open);
        }
        assertThat(Manifests.PRODUCTION.variable("GATEWAY_ACCESS_OPEN").isMissingNode())
                .isTrue();
    }

    @ParameterizedTest
    @FieldSource("dev.stentor.deploy.Manifests#CLUSTERS")
    void gatewaysReachEachOtherAndRedis(Manifests manifests) {
        JsonNode policy = manifests.resource("NetworkPolicy", "stentor-cluster").path("spec");
        JsonNode gateway = policy.at("/podSelector/matchLabels");
        assertThat(manifests.deployment().at("/spec/template/metadata/labels")).isEqualTo(gateway);
        assertThat(policy.at("/ingress/0/from/0/podSelector/matchLabels")).isEqualTo(gateway);
        assertThat(manifests.port(policy.at("/ingress/0/ports/0/port"))).isEqualTo(8080);
        assertThat(policy.at("/egress/0/to/0/podSelector/matchLabels")).isEqualTo(gateway);
        assertThat(policy.at("/egress/0/ports/0/port").asInt()).isEqualTo(8080);
        assertThat(policy.at("/egress/1/ports/0/port").asInt()).isEqualTo(6379);
    }

    @Test
    void theRedisOfALaptopIsForTheGatewayAlone() {
        JsonNode policy =
                Manifests.DEV.resource("NetworkPolicy", "stentor-redis").path("spec");
        JsonNode redis = Manifests.DEV.resource("StatefulSet", "stentor-redis").path("spec");
        assertThat(redis.at("/template/metadata/labels")).isEqualTo(policy.at("/podSelector/matchLabels"));
        assertThat(redis.at("/selector/matchLabels")).isEqualTo(policy.at("/podSelector/matchLabels"));
        assertThat(policy.path("ingress")).hasSize(1);
        assertThat(policy.at("/ingress/0/from")).hasSize(1);
        assertThat(policy.at("/ingress/0/from/0/podSelector/matchLabels"))
                .isEqualTo(Manifests.DEV.deployment().at("/spec/template/metadata/labels"));
        assertThat(policy.has("egress")).isFalse();
        assertThat(Yaml.texts(policy.path("policyTypes"))).contains("Egress");
    }
}
