package dev.stentor.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stentor.audio.ResamplerPreset;
import dev.stentor.broadcast.BroadcastSettings.LagPolicy;
import dev.stentor.broadcast.socket.SendMode;
import dev.stentor.channel.Preset;
import dev.stentor.speech.upstream.UpstreamStats;
import dev.stentor.web.listen.ListenControl;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.handler.NoUnboundElementsBindHandler;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.boot.health.contributor.Status;
import org.springframework.util.unit.DataSize;

class GatewayPropertiesTest {

    @Test
    void theDefaultsAreThoseOfTheConfigurationPage() {
        GatewayProperties defaults = bind(Map.of());
        assertThat(defaults)
                .isEqualTo(new GatewayProperties(
                        GatewayProperties.Engine.AUTO,
                        new GatewayProperties.DashScope(
                                URI.create("https://dashscope.aliyuncs.com/api/v1"),
                                "",
                                null,
                                Duration.ofSeconds(5),
                                Duration.ofSeconds(30)),
                        new CommandProperties(
                                List.of(),
                                CommandProperties.Format.WAV,
                                22_050,
                                2,
                                Duration.ofSeconds(20),
                                Duration.ofHours(1),
                                Map.of(),
                                Map.of(),
                                Map.of()),
                        List.of(),
                        new GatewayProperties.Channels(
                                1_000,
                                Duration.ofSeconds(60),
                                Preset.CONVERSATION,
                                null,
                                Duration.ofSeconds(60),
                                100,
                                250_000,
                                1_000_000,
                                Duration.ofMinutes(30),
                                GatewayProperties.Create.ON_USE,
                                Duration.ofSeconds(60),
                                Duration.ofMinutes(10),
                                Duration.ofMillis(400),
                                Duration.ofSeconds(30),
                                2),
                        new GatewayProperties.Listen(
                                10_000,
                                Duration.ofSeconds(20),
                                Duration.ofSeconds(3),
                                LagPolicy.SKIP,
                                Duration.ofSeconds(1),
                                Set.of(),
                                32_000,
                                ServerLoops.Transport.AUTO,
                                SendMode.AUTO,
                                ListenControl.NONE,
                                null),
                        new GatewayProperties.Api(DataSize.ofMegabytes(2), Set.of(), null),
                        new ArchiveProperties(
                                Path.of("data", "archive"), Duration.ofHours(24), DataSize.ofGigabytes(2), "", 2_000),
                        new VoicesProperties(
                                Duration.ofSeconds(120), Duration.ofSeconds(60), 4, Duration.ofSeconds(30)),
                        new SourcesProperties(
                                null,
                                Path.of("data", "sounds"),
                                DataSize.ofMegabytes(20),
                                Duration.ofMinutes(10),
                                50,
                                Duration.ofMinutes(20),
                                List.of(),
                                Set.of(),
                                Duration.ofSeconds(10),
                                ResamplerPreset.HQ)));
    }

    @Test
    void aMisspelledKeyIsRefused() {
        assertThatThrownBy(() -> bind(Map.of("gateway.channels.leed", "1s"))).isInstanceOf(BindException.class);
    }

    @Test
    void aWrongValueIsNamedWithItsKey() {
        assertThatThrownBy(() -> bind(Map.of("gateway.listen.report", "0s")))
                .rootCause()
                .hasMessage("gateway.listen.report must be positive, was PT0S");
        assertThatThrownBy(() -> bind(Map.of("gateway.listen.batch", "120ms")))
                .rootCause()
                .hasMessage("gateway.listen.batch must be 20 ms to 100 ms, was PT0.12S");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "gateway.listen.opus-bitrate, 5999",
        "gateway.listen.opus-bitrate, 128001",
        "gateway.archive.lifetime, 0s",
        "gateway.archive.max-size, -1B",
        "gateway.archive.share-up-to, -1",
        "gateway.archive.signing-key, short",
        "gateway.api.public-address, /tts",
    })
    void aWrongValueOfTheArchiveIsNamedWithItsKeyToo(String key, String value) {
        assertThatThrownBy(() -> bind(Map.of(key, value))).rootCause().hasMessageStartingWith(key);
    }

    @Test
    void theKeyIsNeverShown() {
        GatewayProperties properties = bind(
                Map.of("gateway.dashscope.api-key", "sk-secret", "gateway.archive.signing-key", "a secret of sixteen"));
        assertThat(properties.toString())
                .contains("apiKey=set", "signingKey=set")
                .doesNotContain("sk-secret", "sixteen");
    }

    @Test
    void aKeyChoosesTheCloudUnlessTheEngineIsNamed() {
        assertThat(chosen(Map.of("gateway.dashscope.api-key", "sk-x"))).startsWith("Qwen-TTS at ");
        assertThat(chosen(Map.of())).startsWith("the embedded voice");
        assertThat(chosen(Map.of("gateway.dashscope.api-key", "sk-x", "gateway.engine", "local")))
                .startsWith("the embedded voice");
        assertThatThrownBy(() -> chosen(Map.of("gateway.engine", "dashscope")))
                .hasMessageContaining("DASHSCOPE_API_KEY");
    }

    @Test
    void aProgramSpeaksBesideTheEmbeddedVoice() {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        assertThat(chosen(Map.of("gateway.command.arguments", java + ",--version")))
                .contains(" and " + java + " for other languages");
    }

    @Test
    void aProgramThatIsMissingOrWronglyToldIsNamed() {
        assertThatThrownBy(() -> chosen(Map.of("gateway.command.arguments", "no-such-program-anywhere,--stdin")))
                .isInstanceOf(InvalidConfigurationPropertyValueException.class)
                .extracting("reason")
                .asString()
                .startsWith("There is no program \"no-such-program-anywhere\"");
        assertThatThrownBy(() -> chosen(Map.of("gateway.command.arguments", "java,-v,{voice}")))
                .extracting("reason")
                .isEqualTo("voices must tell what {voice} stands for");
    }

    @Test
    void theProgramsLanguagesAreReadByName() {
        var command = bind(Map.of(
                        "gateway.command.arguments[0]", "espeak-ng",
                        "gateway.command.arguments[1]", "{language}",
                        "gateway.command.languages.Chinese", "cmn",
                        "gateway.command.languages.default", "en-us"))
                .command();
        assertThat(command.arguments()).containsExactly("espeak-ng", "{language}");
        assertThat(command.languages()).isEqualTo(Map.of("Chinese", "cmn", "default", "en-us"));
    }

    @Test
    void soundOfAProgramThatIsToldOtherwiseIsOtherSound() {
        Map<String, String> told = Map.of(
                "gateway.command.arguments", "espeak-ng,-v,{language},--stdin,--stdout",
                "gateway.command.languages.Chinese", "cmn",
                "gateway.command.environment.ESPEAK_DATA_PATH", "/opt/a");
        String origin = bind(told).command().origin();
        assertThat(bind(told).command().origin()).isEqualTo(origin);
        Map.of(
                        "gateway.command.arguments", "espeak-ng,-v,{language},-s,300,--stdin,--stdout",
                        "gateway.command.languages.Chinese", "yue",
                        "gateway.command.voices.default", "f2",
                        "gateway.command.environment.ESPEAK_DATA_PATH", "/opt/b",
                        "gateway.command.rate", "16000",
                        "gateway.command.format", "pcm")
                .forEach((key, value) -> {
                    Map<String, String> otherwise = new HashMap<>(told);
                    otherwise.put(key, value);
                    assertThat(bind(otherwise).command().origin()).as(key).isNotEqualTo(origin);
                });
    }

    @Test
    void aServerWithTheOpenAiApiNeedsNoKey() {
        var settings = Map.of(
                "gateway.upstreams[0].name", "house",
                "gateway.upstreams[0].kind", "openai",
                "gateway.upstreams[0].base-url", "http://127.0.0.1:8000/v1",
                "gateway.upstreams[0].openai.voice-names.Cherry", "vivian",
                "gateway.upstreams[0].openai.extra.stream", "true");
        try (Engine engine = Engine.of(bind(settings), Identifiers::requestId)) {
            assertThat(stack(settings, engine).upstreams()).extracting(UpstreamStats::name).containsExactly("house");
            assertThat(engine.description()).isEqualTo("the speech service at 127.0.0.1");
        }
        assertThat(bind(settings).upstreams().getFirst().openai().voiceNames()).isEqualTo(Map.of("Cherry", "vivian"));
    }

    @Test
    void anUpstreamNeedsANameAndHasDefaults() {
        assertThatThrownBy(() -> bind(Map.of("gateway.upstreams[0].api-key", "sk-x")))
                .rootCause()
                .hasMessage("gateway.upstreams[].name must be given");
        assertThatThrownBy(() -> bind(Map.of("gateway.upstreams[0].name", "a", "gateway.upstreams[0].tries", "0")))
                .rootCause()
                .hasMessage("gateway.upstreams[].tries must be positive, was 0");
        assertThat(bind(Map.of("gateway.upstreams[0].name", "intl")).upstreams())
                .containsExactly(new UpstreamProperties(
                        "intl",
                        UpstreamProperties.Kind.DASHSCOPE,
                        URI.create("https://dashscope.aliyuncs.com/api/v1"),
                        "",
                        null,
                        List.of(),
                        32,
                        3,
                        100,
                        3,
                        UpstreamProperties.OpenAi.NONE));
    }

    @Test
    void upstreamsWithAKeyAreUsedInOrderAndShownWithoutIt() {
        var settings = Map.of(
                "gateway.engine", "upstreams",
                "gateway.dashscope.api-key", "sk-first",
                "gateway.upstreams[0].name", "without",
                "gateway.upstreams[1].name", "intl",
                "gateway.upstreams[1].api-key", "sk-second",
                "gateway.upstreams[1].base-url", "https://dashscope-intl.aliyuncs.com/api/v1");
        assertThat(bind(settings).toString()).doesNotContain("sk-first").doesNotContain("sk-second");
        try (Engine engine = Engine.of(bind(settings), Identifiers::requestId)) {
            assertThat(stack(settings, engine).upstreams()).extracting(UpstreamStats::name).containsExactly("dashscope", "intl");
            assertThat(engine.description())
                    .isEqualTo("Qwen-TTS at dashscope.aliyuncs.com, then Qwen-TTS at dashscope-intl.aliyuncs.com");
            var health = new EngineHealth(engine, stack(settings, engine)).health().block();
            assertThat(Objects.requireNonNull(health).getStatus()).isEqualTo(Status.UP);
            assertThat(health.getDetails()).containsOnlyKeys("dashscope", "intl");
        }
        assertThat(chosen(Map.of("gateway.upstreams[0].name", "a", "gateway.upstreams[0].api-key", "sk-x")))
                .startsWith("Qwen-TTS at ");
        assertThat(chosen(Map.of("gateway.upstreams[0].name", "a"))).startsWith("the embedded voice");
    }

    @Test
    void upstreamsAreToldApartByTheirNames() {
        assertThatThrownBy(() -> chosen(Map.of(
                        "gateway.dashscope.api-key", "sk-x",
                        "gateway.upstreams[0].name", "dashscope",
                        "gateway.upstreams[0].api-key", "sk-y")))
                .hasMessageContaining("must be different");
    }

    private static EngineStack stack(Map<String, String> settings, Engine engine) {
        return new EngineStack(bind(settings), engine, new Archiving(null, 0));
    }

    private static String chosen(Map<String, String> settings) {
        try (Engine engine = Engine.of(bind(settings), Identifiers::requestId)) {
            return engine.description();
        }
    }

    private static GatewayProperties bind(Map<String, String> settings) {
        return new Binder(new MapConfigurationPropertySource(settings))
                .bindOrCreate(
                        "gateway",
                        Bindable.of(GatewayProperties.class),
                        new NoUnboundElementsBindHandler(BindHandler.DEFAULT));
    }
}
