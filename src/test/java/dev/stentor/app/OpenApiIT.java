package dev.stentor.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.context.ConfigurableApplicationContext;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Comparison of the description in OpenAPI with the routes of the gateway, and with some of its answers. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OpenApiIT {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final JsonMapper JSON = new JsonMapper();
    private static final Set<String> METHODS = Set.of("get", "head", "put", "post", "patch", "delete");

    private ConfigurableApplicationContext gateway;
    private JsonNode description = JSON.createObjectNode();

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        gateway = WholeGateway.startBefore("http://127.0.0.1:9/api/v1", "sk-openapi", folder);
        HttpResponse<String> answer = send("GET", "/openapi", "");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/yaml");
        description = JSON.valueToTree(new Yaml(new SafeConstructor(new LoaderOptions())).load(answer.body()));
    }

    @AfterAll
    void end() {
        gateway.close();
    }

    /** Names of parameters may differ, since clients never see them. */
    @Test
    void everyRouteIsDescribedAndNoOther() {
        var described = new TreeSet<String>();
        description
                .path("paths")
                .properties()
                .forEach(path -> path.getValue().propertyNames().stream()
                        .filter(METHODS::contains)
                        .forEach(method -> described.add(method + " " + anonymous(path.getKey()))));
        var routed = new TreeSet<String>();
        for (String route : Routes.withMethodOf(gateway)) {
            int path = route.indexOf(' ');
            routed.add(route.substring(0, path).toLowerCase(Locale.ROOT) + anonymous(route.substring(path)));
        }
        assertThat(described).isEqualTo(routed);
    }

    @Test
    void everyOperationHasANameOfItsOwnAWordOnItselfAndAnswers() {
        List<String> ids = new ArrayList<>();
        for (JsonNode path : description.path("paths")) {
            path.properties().stream()
                    .filter(one -> METHODS.contains(one.getKey()))
                    .forEach(one -> {
                        ids.add(one.getValue().path("operationId").asString());
                        assertThat(one.getValue().path("summary").asString()).endsWith(".");
                        assertThat(one.getValue().path("responses")).isNotEmpty();
                    });
        }
        assertThat(ids).hasSizeGreaterThan(30).doesNotHaveDuplicates();
    }

    @Test
    void everyReferenceLeadsSomewhereAndEveryComponentIsUsed() {
        Set<String> references = new HashSet<>();
        description.findValues("$ref").forEach(reference -> references.add(reference.asString()));
        assertThat(references)
                .allSatisfy(reference -> assertThat(
                                description.at(reference.substring(1)).isObject())
                        .as(reference)
                        .isTrue());
        description
                .path("components")
                .properties()
                .forEach(kind -> kind.getValue()
                        .propertyNames()
                        .forEach(
                                name -> assertThat(references).contains("#/components/" + kind.getKey() + "/" + name)));
    }

    @Test
    void theExamplesHaveNoFieldThatTheirSchemaLacks() {
        List<JsonNode> bodies = description.findValues("application/json");
        assertThat(bodies).anyMatch(body -> body.has("example"));
        for (JsonNode body : bodies) {
            Set<String> fields = new HashSet<>(body.path("example").propertyNames());
            fields.removeAll(resolved(body.path("schema")).path("properties").propertyNames());
            assertThat(fields).as(body.toString()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "PUT,  /v1/channels/lobby,            '{}',            Channel",
        "POST, /v1/channels/lobby/utterances, '{\"text\":\"Hi\"}', Utterance",
        "GET,  /v1/channels/lobby,            '',              Channel",
        "POST, /v1/channels/lobby/pause,      '',              Channel",
        "GET,  /v1/channels/Nothing/mix,      '',              Problem",
        "GET,  /v1/nothing,                   '',              Problem"
    })
    void anAnswerHasWhatItsSchemaRequires(String method, String path, String body, String schema) throws Exception {
        if (path.endsWith("utterances") || path.endsWith("lobby") || path.endsWith("pause")) {
            assertThat(send("PUT", "/v1/channels/lobby", "{}").statusCode()).isBetween(200, 201);
        }
        JsonNode answer = JSON.readTree(send(method, path, body).body());
        JsonNode described = description.at("/components/schemas/" + schema);
        described
                .path("required")
                .forEach(field -> assertThat(answer.has(field.asString()))
                        .as(field + " in " + answer)
                        .isTrue());
        described.path("properties").properties().forEach(field -> {
            JsonNode values = field.getValue().path("enum");
            JsonNode value = answer.path(field.getKey());
            if (!values.isEmpty() && value.isString()) {
                assertThat(values).contains(value);
            }
        });
    }

    private JsonNode resolved(JsonNode schema) {
        String reference = schema.path("$ref").asString("");
        return reference.isEmpty() ? schema : description.at(reference.substring(1));
    }

    private static String anonymous(String route) {
        return route.replaceAll("\\{[^}]*}", "{}");
    }

    private HttpResponse<String> send(String method, String path, String body) throws Exception {
        int port = WholeGateway.port(gateway);
        return HTTP.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                        .header("Content-Type", "application/json")
                        .method(method, HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }
}
