package dev.stentor.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import tools.jackson.databind.JsonNode;

/** Tests that kubectl renders what {@link Kustomize} does, where it is installed. It needs no cluster for that. */
class KubectlTest {

    @BeforeAll
    static void thereIsOne() {
        boolean installed = Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "kubectl")));
        Assumptions.assumeTrue(installed, "No kubectl on the PATH: the manifests were rendered by the tests alone.");
    }

    @ParameterizedTest
    @FieldSource("dev.stentor.deploy.Manifests#ALL")
    void itRendersTheSame(Manifests manifests) throws Exception {
        String folder = Manifests.FOLDER.resolve(manifests.folder()).toString();
        Process kubectl = new ProcessBuilder("kubectl", "kustomize", folder)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String text = new String(kubectl.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(kubectl.waitFor()).isZero();
        assertThat(Yaml.documents(text)).isNotEmpty().containsExactlyInAnyOrderElementsOf(rendered(manifests));
    }

    private static Iterable<JsonNode> rendered(Manifests manifests) {
        return manifests.objects().stream()
                .map(object -> Yaml.parse(object.toString())) // so that numbers are of the same class
                .toList();
    }
}
