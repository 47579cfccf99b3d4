package dev.stentor.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.testing.ScriptedServer;
import dev.stentor.testing.Signals;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Comparison of the documented metrics, the dashboard and the alert rules with the scrape of a gateway that has worked. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OperationsPageIT {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Pattern ROW = Pattern.compile("(?m)^\\| ((?:`[a-z0-9_]+`(?:, )?)+) \\| ([^|]*) \\|");
    private static final Pattern NAME = Pattern.compile("`([a-z0-9_]+)`");
    private static final Pattern METRIC = Pattern.compile("\\b((?:stentor|http|jvm|process)_[a-z0-9_]+)(\\{[^}]*})?");
    private static final Pattern LABEL = Pattern.compile("([a-z_]+)=~?\"");
    private static final Pattern GROUPING = Pattern.compile("\\bby \\(([^)]*)\\)");

    private Scrape scrape = Scrape.of("");

    @BeforeAll
    void scrapeAGatewayThatHasWorked(@TempDir Path folder) throws Exception {
        try (var cloud = ScriptedServer.answering(CloudAnswer.of(Signals.selfIndexing(4_800)));
                ConfigurableApplicationContext gateway =
                        WholeGateway.startBefore(cloud.baseUrl().toString(), "sk-scrape", folder)) {
            String lobby = "127.0.0.1:" + port(gateway, "server") + "/v1/channels/lobby";
            WebSocket listener = HTTP.newWebSocketBuilder()
                    .subprotocols("stentor.v1")
                    .buildAsync(URI.create("ws://" + lobby + "/listen"), new WebSocket.Listener() {})
                    .get(30, TimeUnit.SECONDS);
            listener.sendText("{\"t\":\"hello\",\"v\":1,\"formats\":[\"pcm_s16le/24000/1\"]}", true)
                    .get(30, TimeUnit.SECONDS);
            assertThat(send("PUT", lobby + "/sources/music", "{\"kind\":\"bed\",\"sound\":\"demo-bed\"}"))
                    .isBetween(200, 299);
            assertThat(send("POST", lobby + "/utterances", "{\"text\":\"Look at me.\"}"))
                    .isEqualTo(201);
            System.gc(); // so that there is a pause to be told
            URI metrics = URI.create("http://127.0.0.1:" + port(gateway, "management") + "/actuator/prometheus");
            Awaitility.await().atMost(60, TimeUnit.SECONDS).until(() -> {
                scrape = Scrape.of(
                        HTTP.send(HttpRequest.newBuilder(metrics).build(), HttpResponse.BodyHandlers.ofString())
                                .body());
                return Set.of(
                                "stentor_mix_source_loudness",
                                "stentor_upstream_pace",
                                "stentor_listeners_joins_seconds",
                                "http_server_requests_seconds",
                                "jvm_gc_pause_seconds")
                        .stream()
                        .allMatch(scrape.families()::containsKey);
            });
            listener.abort();
        }
    }

    @Test
    void everyMetricOfTheGatewayIsOnThePageAndNoOther() throws Exception {
        Map<String, Set<String>> told = new TreeMap<>(scrape.families());
        told.keySet()
                .removeIf(name -> !name.startsWith("stentor_")
                        || (name.endsWith("_max")
                                && told.containsKey(name.substring(0, name.length() - 4))
                                && !page().containsKey(name)));
        Map<String, Set<String>> documented = page();
        documented.keySet().removeIf(name -> !name.startsWith("stentor_"));
        assertThat(documented).isEqualTo(told);
    }

    @Test
    void everyMetricOfThePlatformThatThePageNamesIsThere() {
        page().forEach((name, labels) -> assertThat(scrape.families())
                .as(name)
                .containsKey(name)
                .satisfies(families -> assertThat(families.get(name)).as(name).containsAll(labels)));
    }

    @Test
    void everyExpressionOfTheDashboardUsesWhatIsThere() throws Exception {
        JsonNode dashboard = new JsonMapper()
                .readTree(Path.of("ops", "grafana", "stentor.json").toFile());
        List<Integer> ids = new ArrayList<>();
        List<String> expressions = new ArrayList<>();
        for (JsonNode panel : dashboard.path("panels")) {
            ids.add(panel.path("id").asInt());
            panel.path("targets")
                    .forEach(target -> expressions.add(target.path("expr").asString()));
        }
        assertThat(ids).hasSizeGreaterThan(20).doesNotHaveDuplicates();
        assertThat(expressions).hasSizeGreaterThan(40);
        expressions.forEach(this::check);
    }

    @Test
    void everyAlertRuleIsWholeAndUsesWhatIsThere() throws Exception {
        List<JsonNode> rules = rules();
        assertThat(rules).hasSizeGreaterThan(10);
        assertThat(rules.stream().map(rule -> rule.path("alert").asString())).doesNotHaveDuplicates();
        for (JsonNode rule : rules) {
            assertThat(rule.propertyNames()).containsExactlyInAnyOrder("alert", "expr", "for", "labels", "annotations");
            check(rule.path("expr").asString());
        }
    }

    private void check(String expression) {
        assertThat(expression.chars().filter(c -> c == '(').count())
                .as(expression)
                .isEqualTo(expression.chars().filter(c -> c == ')').count());
        Set<String> usable = new TreeSet<>(Set.of("job", "instance"));
        METRIC.matcher(expression).results().forEach(metric -> {
            String name = metric.group(1);
            assertThat(scrape.samples()).as(expression).containsKey(name);
            Set<String> labels = scrape.usableLabels(name);
            usable.addAll(labels);
            if (metric.group(2) != null) {
                assertThat(labels).as(expression).containsAll(labelsIn(metric.group(2)));
            }
        });
        GROUPING.matcher(expression)
                .results()
                .forEach(grouping -> assertThat(usable)
                        .as(expression)
                        .containsAll(List.of(grouping.group(1).split(", "))));
    }

    private static Set<String> labelsIn(String selector) {
        return LABEL.matcher(selector).results().map(label -> label.group(1)).collect(Collectors.toSet());
    }

    /** Returns the metrics of the page with their labels. */
    private static Map<String, Set<String>> page() {
        Map<String, Set<String>> metrics = new TreeMap<>();
        ROW.matcher(read(Path.of("docs", "operations.md")))
                .results()
                .forEach(row -> names(row.group(1))
                        .forEach(name -> metrics.put(
                                name, new TreeSet<>(names(row.group(2)).toList()))));
        return metrics;
    }

    private static Stream<String> names(String cell) {
        return NAME.matcher(cell).results().map(name -> name.group(1));
    }

    private static List<JsonNode> rules() {
        Object file = new Yaml(new SafeConstructor(new LoaderOptions()))
                .load(read(Path.of("ops", "prometheus", "stentor-alerts.yml")));
        List<JsonNode> rules = new ArrayList<>();
        new JsonMapper()
                .valueToTree(file)
                .path("groups")
                .forEach(group -> group.path("rules").forEach(rules::add));
        return rules;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (java.io.IOException failed) {
            throw new java.io.UncheckedIOException(failed);
        }
    }

    private static int port(ConfigurableApplicationContext gateway, String which) {
        return gateway.getEnvironment().getRequiredProperty("local." + which + ".port", Integer.class);
    }

    private static int send(String method, String address, String json) throws Exception {
        return HTTP.send(
                        HttpRequest.newBuilder(URI.create("http://" + address))
                                .header("Content-Type", "application/json")
                                .method(method, HttpRequest.BodyPublishers.ofString(json))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .statusCode();
    }
}
