package dev.stentor.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Tests of what a cluster's Prometheus and Grafana are given. {@code OperationsPageIT} compares every expression with a real scrape. */
class MonitoringTest {

    private static final Manifests PRODUCTION = Manifests.PRODUCTION;
    private static final JsonNode MONITOR = PRODUCTION.resource("PodMonitor").path("spec");

    @Test
    void theMonitorAsksWhereMetricsAre() {
        JsonNode labels = PRODUCTION.deployment().at("/spec/template/metadata/labels");
        assertThat(labels.properties())
                .containsAll(MONITOR.at("/selector/matchLabels").properties());
        JsonNode endpoint = MONITOR.at("/podMetricsEndpoints/0");
        assertThat(endpoint.path("port").asString()).isEqualTo("management");
        assertThat(PRODUCTION.port(endpoint.path("port"))).isEqualTo(8081);
        assertThat(endpoint.path("path").asString()).isEqualTo("/actuator/prometheus");
    }

    /** Checks that alerts find their job: the operator would call it by the namespace and the name of the monitor. */
    @Test
    void theJobIsCalledAsTheRulesCallIt() throws Exception {
        String label = MONITOR.path("jobLabel").asString();
        String job = PRODUCTION
                .deployment()
                .at("/spec/template/metadata/labels")
                .path(label)
                .asString();
        String rules = Files.readString(Path.of("ops", "prometheus", "stentor-alerts.yml"));
        assertThat(Pattern.compile("job=\"([^\"]*)\"").matcher(rules).results().map(found -> found.group(1)))
                .isNotEmpty()
                .containsOnly(job);
    }

    @Test
    void theRulesAreThoseForEverybody() {
        JsonNode rules = Yaml.read(Path.of("ops", "prometheus", "stentor-alerts.yml"));
        assertThat(PRODUCTION.resource("PrometheusRule").path("spec")).isEqualTo(rules);
    }

    @Test
    void theDashboardIsFoundByItsLabel() throws Exception {
        JsonNode dashboard = PRODUCTION.resource("ConfigMap", "stentor-dashboard");
        assertThat(dashboard.at("/metadata/labels/grafana_dashboard").asString())
                .isEqualTo("1");
        assertThat(dashboard.at("/data/stentor.json").asString())
                .isEqualTo(Files.readString(Path.of("ops", "grafana", "stentor.json")));
    }
}
