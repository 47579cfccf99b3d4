package dev.stentor.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.util.unit.DataSize;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Tests that the manifests and the image match the application. */
class DeployedApplicationTest {

    private static final Manifests BASE = Manifests.BASE;
    private static final JsonNode CONTAINER = BASE.container();
    private static final JsonNode APPLICATION = Yaml.read(Path.of("src", "main", "resources", "application.yaml"));
    private static final int PORT = APPLICATION.at("/server/port").asInt();
    /** The default of the application, which {@code ManagementPortIT} holds. */
    private static final int MANAGEMENT_PORT = PORT + 1;

    private static final Dockerfile IMAGE = Dockerfile.read(Path.of("Dockerfile"));

    private static final String TRAINING = Dockerfile.text(Path.of("scripts", "image", "train.sh"));

    /** Environment variables that the JVM and its launcher read. */
    private static final Set<String> OF_THE_JVM = Set.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS");

    /** A key of the gateway in the page of all keys, which {@code ConfigurationPageTest} holds. */
    private static final Pattern KEY = Pattern.compile("(?m)^\\| `(gateway\\.[a-z.-]+)`");

    /** A variable in the value of another. */
    private static final Pattern USED = Pattern.compile("\\$\\(([A-Z0-9_]+)\\)");

    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([A-Z0-9_]+)");

    @ParameterizedTest
    @CsvSource({
        "startupProbe,   /actuator/health/readiness",
        "readinessProbe, /actuator/health/readiness",
        "livenessProbe,  /actuator/health/liveness"
    })
    void aProbeAsksWhatTheApplicationAnswers(String probe, String path) {
        JsonNode request = CONTAINER.path(probe).path("httpGet");
        assertThat(request.at("/path").asString()).isEqualTo(path);
        assertThat(request.at("/port").asString()).isEqualTo("management");
        assertThat(BASE.port(request.at("/port"))).isEqualTo(MANAGEMENT_PORT);
    }

    @Test
    void theApplicationServesTheProbesOnItsManagementPort() {
        assertThat(APPLICATION.at("/management/endpoint/health/probes/enabled").asBoolean())
                .isTrue();
        assertThat(APPLICATION
                        .at("/management/endpoints/web/exposure/include")
                        .asString()
                        .split(","))
                .contains("health");
        assertThat(Yaml.properties(APPLICATION))
                .doesNotContainKeys(
                        "management.server.port", "management.endpoints.web.base-path", "spring.webflux.base-path");
    }

    /** Checks that health and metrics are open where probes come from outside, and nowhere else by default. */
    @Test
    void theManagementPortIsOpenedForThePodOnly() {
        assertThat(APPLICATION.at("/management/server/address").asString()).isEqualTo("127.0.0.1");
        assertThat(IMAGE.variables()).doesNotContain("MANAGEMENT_SERVER_ADDRESS");
        assertThat(Yaml.items(CONTAINER.path("env"))
                        .filter(variable -> variable.path("name").asString().equals("MANAGEMENT_SERVER_ADDRESS"))
                        .map(variable -> variable.path("value").asString()))
                .containsExactly("0.0.0.0");
    }

    @Test
    void theContainerAndTheImageNameThePortOfTheApplication() {
        assertThat(CONTAINER.at("/ports/0/containerPort").asInt()).isEqualTo(PORT);
        assertThat(CONTAINER.at("/ports/1/containerPort").asInt()).isEqualTo(MANAGEMENT_PORT);
        assertThat(IMAGE.argument("EXPOSE")).isEqualTo(Integer.toString(PORT));
    }

    @Test
    void theImageIsThatOfThisVersion() throws Exception {
        for (Manifests manifests : Manifests.ALL) {
            String image = manifests.container().path("image").asString();
            int tag = image.lastIndexOf(':');
            assertThat(Files.readString(Path.of("pom.xml")))
                    .containsSubsequence(
                            "</parent>",
                            "<artifactId>" + image.substring(image.lastIndexOf('/') + 1, tag) + "</artifactId>",
                            "<version>" + image.substring(tag + 1) + "</version>",
                            "<properties>");
        }
    }

    @ParameterizedTest
    @FieldSource("dev.stentor.deploy.Manifests#ALL")
    void everyVariableIsRead(Manifests manifests) throws Exception {
        Set<String> read = new TreeSet<>(OF_THE_JVM);
        KEY.matcher(Files.readString(Path.of("docs", "configuration.md")))
                .results()
                .forEach(key -> read.add(variable(key.group(1))));
        Yaml.properties(APPLICATION).forEach((key, value) -> {
            read.add(variable(key));
            PLACEHOLDER.matcher(value).results().forEach(found -> read.add(found.group(1)));
        });
        assertThat(IMAGE.variables()).isNotEmpty().isSubsetOf(read);
        JsonNode variables = manifests.container().path("env");
        USED.matcher(variables.toString()).results().forEach(found -> read.add(found.group(1)));
        assertThat(Yaml.items(variables).map(variable -> variable.path("name").asString()))
                .isNotEmpty()
                .doesNotHaveDuplicates()
                .isSubsetOf(read);
    }

    private static String variable(String key) {
        return key.replace("-", "").replace('.', '_').toUpperCase(Locale.ROOT);
    }

    /** Checks that the addresses of recordings name the Service: whoever connects could choose another host for them. */
    @Test
    void thePodGivesOutAddressesOfItsService() {
        JsonNode service = BASE.resource("Service");
        String address = "http://" + service.at("/metadata/name").asString() + ":"
                + service.at("/spec/ports/0/port").asInt();
        assertThat(Yaml.items(CONTAINER.path("env"))
                        .filter(variable -> variable.path("name").asString().equals("GATEWAY_API_PUBLICADDRESS"))
                        .map(variable -> variable.path("value").asString()))
                .containsExactly(address);
    }

    @ParameterizedTest
    @FieldSource("dev.stentor.deploy.Manifests#ALL")
    void theGraceOutlastsTheShutdown(Manifests manifests) {
        Duration phase = DurationStyle.detectAndParse(
                APPLICATION.at("/spring/lifecycle/timeout-per-shutdown-phase").asString());
        Duration away = Duration.ofSeconds(
                manifests.container().at("/lifecycle/preStop/sleep/seconds").asInt());
        assertThat(away).isPositive();
        assertThat(Duration.ofSeconds(
                        manifests.pod().path("terminationGracePeriodSeconds").asInt()))
                .as("sleeping, sending listeners away, ending requests")
                .isGreaterThan(away.plus(phase.multipliedBy(2)));
    }

    /** Checks that the heap and the frames in direct buffers leave room for classes, compiled code and threads. */
    @ParameterizedTest
    @FieldSource("dev.stentor.deploy.Manifests#ALL")
    void heapAndBuffersFitIntoTheMemory(Manifests manifests) {
        DataSize limit = DataSize.parse(
                manifests.container().at("/resources/limits/memory").asString().replace("i", "B"));
        String options = manifests.variable("JDK_JAVA_OPTIONS").path("value").asString();
        DataSize buffers = DataSize.parse(option(options, "-XX:MaxDirectMemorySize=(\\d+)m") + "MB");
        int heap = Integer.parseInt(option(String.join(" ", IMAGE.instructions("ENV")), "-XX:MaxRAMPercentage=(\\d+)"));
        assertThat(limit.toMegabytes() * heap / 100 + buffers.toMegabytes() + 192)
                .as("MB of heap, of buffers, of all else")
                .isLessThanOrEqualTo(limit.toMegabytes());
        assertThat(option(options, "-XX:ActiveProcessorCount=(\\d+)")).isEqualTo("2");
    }

    private static String option(String options, String pattern) {
        return Pattern.compile(pattern)
                .matcher(options)
                .results()
                .map(found -> found.group(1))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void theImageRunsAsTheUserOfThePod() {
        JsonNode context = BASE.pod().path("securityContext");
        assertThat(IMAGE.argument("USER"))
                .isEqualTo(context.path("runAsUser").asInt() + ":"
                        + context.path("runAsGroup").asInt());
    }

    @Test
    void theFoldersOfTheArchiveAndOfSoundsCanBeWrittenInTheImageAndInThePod() {
        String home = IMAGE.instructions("WORKDIR").getFirst();
        assertThat(IMAGE.argument("VOLUME")).isEqualTo(home + "/data");
        assertThat(IMAGE.instructions("RUN"))
                .anyMatch(line -> line.contains("mkdir -p data/archive data/sounds ")
                        && line.contains("chown -R " + IMAGE.argument("USER") + " data"));
        assertThat(Yaml.items(CONTAINER.path("volumeMounts"))
                        .map(mount -> mount.path("mountPath").asString()))
                .contains(home + "/data");
    }

    /** Checks that the image holds no signing key: a start creates one, and in a layer of the image it would not be secret. */
    @Test
    void theArchiveIsOffWhereTheImageItselfIsMade() {
        assertThat(IMAGE.instructions("RUN").stream().filter(line -> line.contains("java ")))
                .isNotEmpty()
                .allMatch(line -> line.contains("-Dgateway.archive.max-size=0"));
        assertThat(TRAINING)
                .contains(
                        "-Dgateway.archive.directory=\"$scratch/",
                        "trap 'rm -rf \"$scratch\"' EXIT",
                        "-Dgateway.usage.journal.on=false");
    }

    /** Checks that the cache is made as it is used: with other options a JVM leaves it out, and only logs that. */
    @Test
    void theCacheIsTrainedInTheWayInWhichTheImageStarts() throws Exception {
        String image = Files.readString(Path.of("Dockerfile")).replace("\\\n    ", "");
        String natural = Files.readString(Path.of("Dockerfile.natural")).replace("\\\n    ", "");
        List<String> properties = List.of("-Djdk.util.jar.version=23", "-Djdk.reflect.useNativeAccessorOnly=true");
        String options = "--enable-native-access=ALL-UNNAMED -XX:+UseG1GC " + String.join(" ", properties);
        assertThat(image)
                .contains("COPY scripts/image/train.sh /packaged/\nRUN /packaged/train.sh stentor.aot " + options);
        assertThat(image).contains("RUN java " + options + " -XX:AOTCache=stentor.aot -XX:AOTMode=on ");
        String start = "ENTRYPOINT [\"java\", \"--enable-native-access=ALL-UNNAMED\", \""
                + String.join("\", \"", properties) + "\", \"-XX:AOTCache=stentor.aot\"";
        assertThat(image).contains(start);
        assertThat(natural).contains(start);
        assertThat(String.join("\n", IMAGE.instructions("ENV"))).contains("-XX:+UseG1GC");
        assertThat(Files.readAllLines(Path.of(".dockerignore")))
                .contains("*", "!target/stentor-*.jar", "!scripts/image/train.sh");
    }

    /** Checks that the compiler is held back while the cache is trained, and never where the image runs: that would be slower ever after. */
    @Test
    void theCompilerIsHeldBackInTheTrainingAlone() throws Exception {
        assertThat(TRAINING).contains("java \"$@\" -XX:TieredStopAtLevel=2 -XX:AOTCacheOutput=");
        assertThat(Files.readString(Path.of("Dockerfile"))).doesNotContain("TieredStopAtLevel");
        assertThat(Files.readString(Path.of("Dockerfile.natural"))).doesNotContain("TieredStopAtLevel");
    }

    @Test
    void theImageStartsWithoutAShellAndListensOnAllAddresses() {
        JsonNode command = new JsonMapper().readTree(IMAGE.argument("ENTRYPOINT"));
        assertThat(Yaml.texts(command)).startsWith("java").endsWith("-jar", "stentor.jar");
        assertThat(IMAGE.instructions("ENV")).contains("SERVER_ADDRESS=0.0.0.0");
    }
}
