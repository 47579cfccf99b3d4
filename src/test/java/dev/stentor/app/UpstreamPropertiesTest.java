package dev.stentor.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stentor.speech.upstream.CallStats;
import dev.stentor.speech.upstream.UpstreamStats;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Status;

class UpstreamPropertiesTest {

    @Test
    void aServerWithTheOpenAiApiNeedsNoKey() {
        var settings = Map.of(
                "gateway.upstreams[0].name", "house",
                "gateway.upstreams[0].kind", "openai",
                "gateway.upstreams[0].base-url", "http://127.0.0.1:8000/v1",
                "gateway.upstreams[0].openai.voice-names.Cherry", "vivian",
                "gateway.upstreams[0].openai.extra.stream", "true");
        try (Engine engine = Engine.of(Bound.bind(settings), Identifiers::requestId)) {
            assertThat(stack(settings, engine).upstreams())
                    .extracting(UpstreamStats::name)
                    .containsExactly("house");
            assertThat(engine.description()).isEqualTo("the speech service at 127.0.0.1");
        }
        assertThat(Bound.bind(settings).upstreams().getFirst().openai().voiceNames())
                .isEqualTo(Map.of("Cherry", "vivian"));
    }

    @Test
    void anUpstreamNeedsANameAndHasDefaults() {
        assertThatThrownBy(() -> Bound.bind(Map.of("gateway.upstreams[0].api-key", "sk-x")))
                .rootCause()
                .hasMessage("gateway.upstreams[].name must be given");
        assertThatThrownBy(
                        () -> Bound.bind(Map.of("gateway.upstreams[0].name", "a", "gateway.upstreams[0].tries", "0")))
                .rootCause()
                .hasMessage("gateway.upstreams[].tries must be positive, was 0");
        assertThat(Bound.bind(Map.of("gateway.upstreams[0].name", "intl")).upstreams())
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
        assertThat(Bound.bind(settings).toString()).doesNotContain("sk-first").doesNotContain("sk-second");
        try (Engine engine = Engine.of(Bound.bind(settings), Identifiers::requestId)) {
            assertThat(stack(settings, engine).upstreams())
                    .extracting(UpstreamStats::name)
                    .containsExactly("dashscope", "intl");
            assertThat(engine.description())
                    .isEqualTo("Qwen-TTS at dashscope.aliyuncs.com, then Qwen-TTS at dashscope-intl.aliyuncs.com");
            var health = new EngineHealth(engine, stack(settings, engine), WarmUp.none())
                    .health()
                    .block();
            assertThat(Objects.requireNonNull(health).getStatus()).isEqualTo(Status.UP);
            assertThat(health.getDetails()).containsOnlyKeys("dashscope", "intl");
        }
        assertThat(Bound.engine(Map.of("gateway.upstreams[0].name", "a", "gateway.upstreams[0].api-key", "sk-x")))
                .startsWith("Qwen-TTS at ");
        assertThat(Bound.engine(Map.of("gateway.upstreams[0].name", "a"))).startsWith("the embedded voice");
    }

    @Test
    void upstreamsAreToldApartByTheirNames() {
        assertThatThrownBy(() -> Bound.engine(Map.of(
                        "gateway.dashscope.api-key", "sk-x",
                        "gateway.upstreams[0].name", "dashscope",
                        "gateway.upstreams[0].api-key", "sk-y")))
                .hasMessageContaining("must be different");
    }

    private static EngineStack stack(Map<String, String> settings, Engine engine) {
        return EngineStack.of(Bound.bind(settings), engine, new Archiving(null, 0, null), () -> {}, CallStats.NONE);
    }
}
