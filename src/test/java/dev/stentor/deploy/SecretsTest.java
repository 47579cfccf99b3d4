package dev.stentor.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import tools.jackson.databind.JsonNode;

/** Tests that secrets are only named, and that the page of deployment tells how each is made. */
class SecretsTest {

    /** Names of variables whose values nobody may read. */
    private static final List<String> SECRET = List.of("KEY", "SECRET", "URI", "TOKEN", "PASSWORD");

    @ParameterizedTest
    @FieldSource("dev.stentor.deploy.Manifests#ALL")
    void noSecretStandsInAManifest(Manifests manifests) {
        assertThat(Yaml.items(manifests.container().path("env"))
                        .filter(variable ->
                                SECRET.stream().anyMatch(variable.path("name").asString()::endsWith)))
                .isNotEmpty()
                .noneMatch(variable -> variable.has("value"));
    }

    @ParameterizedTest
    @FieldSource("dev.stentor.deploy.Manifests#ALL")
    void thePageTellsHowEachSecretIsMade(Manifests manifests) throws Exception {
        String page = Files.readString(Path.of("docs", "deployment.md"));
        Set<String> made = manifests
                .all("Secret")
                .map(secret -> secret.at("/metadata/name").asString())
                .collect(Collectors.toSet());
        Set<String> untold = new TreeSet<>();
        for (String reference : references(manifests)) {
            int slash = reference.indexOf('/');
            String name = reference.substring(0, slash);
            String key = reference.substring(slash + 1);
            boolean told = page.lines()
                    .anyMatch(line -> line.contains("create secret generic " + name + " ")
                            && (line.contains("--from-literal=" + key + "=")
                                    || line.contains("--from-file=" + key + "=")));
            if (!told && !made.contains(name)) {
                untold.add(reference);
            }
        }
        assertThat(untold).isEmpty();
    }

    /** Returns the keys that the pod of the gateway wants, each behind the name of its secret. */
    private static Set<String> references(Manifests manifests) {
        Stream<String> variables = Yaml.items(manifests.container().path("env"))
                .map(variable -> variable.at("/valueFrom/secretKeyRef"))
                .filter(JsonNode::isObject)
                .map(secret -> secret.path("name").asString() + "/"
                        + secret.path("key").asString());
        Stream<String> volumes = Yaml.items(manifests.pod().path("volumes"))
                .map(volume -> volume.path("secret"))
                .filter(JsonNode::isObject)
                .flatMap(secret -> Yaml.items(secret.path("items"))
                        .map(item -> secret.path("secretName").asString() + "/"
                                + item.path("key").asString()));
        return Stream.concat(variables, volumes).collect(Collectors.toCollection(TreeSet::new));
    }

    @ParameterizedTest
    @FieldSource("dev.stentor.deploy.Manifests#ALL")
    void theKeyOfTheCloudMayBeMissing(Manifests manifests) {
        JsonNode secret = manifests.variable("DASHSCOPE_API_KEY").at("/valueFrom/secretKeyRef");
        assertThat(secret.at("/name").asString()).isEqualTo("stentor-dashscope");
        assertThat(secret.at("/key").asString()).isEqualTo("api-key");
        assertThat(secret.at("/optional").asBoolean()).isTrue();
    }

    /** Checks that the file of keys is where the gateway looks, in a folder that follows changes of the secret. */
    @Test
    void theFileOfKeysIsMounted() {
        Manifests production = Manifests.PRODUCTION;
        JsonNode volume = Yaml.named(production.pod().path("volumes"), "keys").path("secret");
        JsonNode mount = Yaml.named(production.container().path("volumeMounts"), "keys");
        assertThat(mount.has("subPath")).isFalse();
        assertThat(mount.path("readOnly").asBoolean()).isTrue();
        assertThat(production.variable("GATEWAY_ACCESS_KEYFILE").path("value").asString())
                .isEqualTo(mount.path("mountPath").asString() + "/"
                        + volume.at("/items/0/path").asString());
        assertThat(volume.path("defaultMode").asInt() & 0007)
                .as("read by others")
                .isZero();
        assertThat(volume.path("defaultMode").asInt() & 0040)
                .as("read by the group of the pod")
                .isNotZero();
    }
}
