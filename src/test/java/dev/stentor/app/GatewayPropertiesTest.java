package dev.stentor.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stentor.audio.ResamplerPreset;
import dev.stentor.broadcast.BroadcastSettings.LagPolicy;
import dev.stentor.broadcast.socket.SendMode;
import dev.stentor.channel.Preset;
import dev.stentor.speech.neural.NeuralSettings;
import dev.stentor.web.connection.TrustedProxies;
import dev.stentor.web.listen.ListenControl;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.util.unit.DataSize;

class GatewayPropertiesTest {

    @Test
    void theDefaultsAreThoseOfTheConfigurationPage() {
        GatewayProperties defaults = Bound.bind(Map.of());
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
                        new NaturalProperties(
                                NaturalProperties.Use.AUTO,
                                "voices",
                                false,
                                NeuralSettings.WhenBusy.WAIT,
                                0,
                                64,
                                0,
                                ""),
                        new EncoderProperties("", 64_000, 4, Duration.ofSeconds(20), Duration.ofHours(1)),
                        List.of(),
                        new SoundProperties(Duration.ofSeconds(60), Duration.ofSeconds(1), Duration.ofHours(4)),
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
                                64_000,
                                ServerLoops.Transport.AUTO,
                                SendMode.AUTO,
                                ListenControl.NONE,
                                200,
                                1_000,
                                DataSize.ofMegabytes(1),
                                null),
                        new GatewayProperties.Api(
                                DataSize.ofMegabytes(2),
                                Set.of(),
                                null,
                                false,
                                64_000,
                                DataSize.ofMegabytes(1),
                                Duration.ofMillis(20),
                                List.of("'self'")),
                        new ConnectionProperties(
                                20_000,
                                1_000,
                                100,
                                Duration.ofSeconds(10),
                                Duration.ofSeconds(60),
                                Duration.ofSeconds(60)),
                        new AccessProperties(
                                false,
                                List.of(),
                                null,
                                Duration.ofSeconds(5),
                                new AccessProperties.Anonymous(Set.of(), Set.of(), Set.of()),
                                new AccessProperties.Jwt(null, "", "", "stentor"),
                                new AccessProperties.TicketLimits(10_000, Duration.ofSeconds(30), Duration.ofHours(24)),
                                10),
                        new UsageProperties(
                                0,
                                20,
                                0,
                                0,
                                0,
                                0,
                                new UsageProperties.Anonymous(0, 20, 0, 0, 0, 0),
                                new UsageProperties.JournalFile(true, null, 35)),
                        new OverloadProperties(Duration.ofMillis(80), 85),
                        new ProxyProperties(List.of(), TrustedProxies.Header.X_FORWARDED),
                        new TracingProperties(null, Map.of(), 1, 2_048, Duration.ofSeconds(5)),
                        new ArchiveProperties(
                                Path.of("data", "archive"),
                                Duration.ofHours(24),
                                DataSize.ofGigabytes(2),
                                null,
                                "",
                                2_000),
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
                                ResamplerPreset.HQ),
                        new ClusterProperties(
                                new ClusterProperties.Redis(
                                        null, null, "stentor:", 3_000, Duration.ofHours(1), Duration.ofMillis(500)),
                                null,
                                "",
                                Duration.ofSeconds(6)),
                        true));
    }

    @Test
    void aMisspelledKeyIsRefused() {
        assertThatThrownBy(() -> Bound.bind(Map.of("gateway.channels.leed", "1s")))
                .isInstanceOf(BindException.class);
    }

    @Test
    void aWrongValueIsNamedWithItsKey() {
        assertThatThrownBy(() -> Bound.bind(Map.of("gateway.listen.report", "0s")))
                .rootCause()
                .hasMessage("gateway.listen.report must be positive, was PT0S");
        assertThatThrownBy(() -> Bound.bind(Map.of("gateway.listen.batch", "120ms")))
                .rootCause()
                .hasMessage("gateway.listen.batch must be 20 ms to 100 ms, was PT0.12S");
    }

    @Test
    void theWayToTheSocketMayBeLeftToWhatIsMeasured() {
        assertThat(Bound.bind(Map.of("gateway.listen.send", "measured"))
                        .listen()
                        .send())
                .isEqualTo(SendMode.MEASURED);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "gateway.listen.opus-bitrate, 5999",
        "gateway.listen.opus-bitrate, 128001",
        "gateway.listen.mp3-bitrate, 64001",
        "gateway.archive.lifetime, 0s",
        "gateway.archive.max-size, -1B",
        "gateway.archive.max-recording, -1B",
        "gateway.sound.base, -1s",
        "gateway.sound.per-character, -1s",
        "gateway.sound.longest, -1s",
        "gateway.archive.share-up-to, -1",
        "gateway.archive.signing-key, short",
        "gateway.api.public-address, /tts",
        "gateway.api.frame-ancestors, https://example.org;script-src *",
        "gateway.proxies.trusted, proxy.example.org",
        "gateway.proxies.trusted, 10.0.0.0/33",
        "gateway.tracing.endpoint, collector:4318",
        "gateway.tracing.ratio, 1.5",
        "gateway.tracing.queue, 0",
        "gateway.tracing.interval, 0s",
        "gateway.usage.requests-per-second, -1",
        "gateway.usage.requests-per-second, 0.0001",
        "gateway.usage.requests-per-second, NaN",
        "gateway.usage.request-burst, 0",
        "gateway.usage.characters-per-day, -1",
        "gateway.usage.channels, -1",
        "gateway.usage.listeners, -1",
        "gateway.usage.uploads, -1",
        "gateway.usage.anonymous.characters-per-day, -1",
        "gateway.usage.journal.days, 0",
        "gateway.natural.streams, -1",
        "gateway.natural.streams, 1001",
        "gateway.natural.waiting, 0",
        "gateway.natural.threads, 65",
    })
    void aWrongValueOfTheArchiveIsNamedWithItsKeyToo(String key, String value) {
        assertThatThrownBy(() -> Bound.bind(Map.of(key, value))).rootCause().hasMessageStartingWith(key);
    }

    @Test
    void theKeyIsNeverShown() {
        GatewayProperties properties = Bound.bind(
                Map.of("gateway.dashscope.api-key", "sk-secret", "gateway.archive.signing-key", "a secret of sixteen"));
        assertThat(properties.toString())
                .contains("apiKey=set", "signingKey=set")
                .doesNotContain("sk-secret", "sixteen");
    }
}
