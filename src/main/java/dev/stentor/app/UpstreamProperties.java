package dev.stentor.app;

import dev.stentor.audio.SpeechTime;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * One upstream of {@code gateway.upstreams}, in order of preference.
 *
 * @param name for logs and health; must be given
 * @param kind what it speaks; default dashscope
 * @param baseUrl its address; default that of the service in Beijing
 * @param apiKey by the environment only; empty means that an upstream of Qwen-TTS is left out
 * @param workspace sent with each request; null means none
 * @param models those that it is asked for, its default first; empty means all
 * @param maxConcurrent calls at once; default 32
 * @param requestsPerSecond calls begun in a second; default 3, zero means no limit
 * @param maxWaiting requests that may wait for a place; default 100
 * @param tries calls for one request; default 3
 * @param openai for upstreams of that kind
 */
record UpstreamProperties(
        @DefaultValue("") String name,
        @DefaultValue("dashscope") Kind kind,

        @DefaultValue("https://dashscope.aliyuncs.com/api/v1")
        URI baseUrl,

        @DefaultValue("") String apiKey,
        @Nullable String workspace,
        @DefaultValue List<String> models,
        @DefaultValue("32") int maxConcurrent,
        @DefaultValue("3") double requestsPerSecond,
        @DefaultValue("100") int maxWaiting,
        @DefaultValue("3") int tries,
        @DefaultValue OpenAi openai) {

    /**
     * What only servers with OpenAI's speech API need to be told.
     *
     * @param voice asked for where a request names none; default alloy
     * @param modelNames its names for models, by those of requests; others are passed on as they are
     * @param voiceNames the same for voices
     * @param languageMember where it takes the language; empty means nowhere
     * @param extra further members of each request, such as {@code stream}; values are JSON if they parse, else text
     * @param rate of PCM without a rate in its content type, in Hz; default 24,000
     */
    record OpenAi(
            @DefaultValue("alloy") String voice,
            @DefaultValue Map<String, String> modelNames,
            @DefaultValue Map<String, String> voiceNames,
            @DefaultValue("") String languageMember,
            @DefaultValue Map<String, String> extra,
            @DefaultValue("24000") int rate) {

        static final OpenAi NONE = new OpenAi("alloy", Map.of(), Map.of(), "", Map.of(), SpeechTime.SAMPLES_PER_SECOND);
    }

    /** What an upstream speaks. */
    enum Kind {
        /** Qwen-TTS over server-sent events. */
        DASHSCOPE,
        /** OpenAI's speech API, as self-hosted servers have it. */
        OPENAI
    }

    UpstreamProperties {
        if (name.isBlank()) {
            throw new IllegalArgumentException("gateway.upstreams[].name must be given");
        }
        require(maxConcurrent > 0, "max-concurrent must be positive", maxConcurrent);
        require(
                requestsPerSecond == 0 || requestsPerSecond >= 0.001,
                "requests-per-second must be 0 or at least 0.001",
                requestsPerSecond);
        require(maxWaiting >= 0, "max-waiting must not be negative", maxWaiting);
        require(tries > 0, "tries must be positive", tries);
    }

    /** Whether it can be asked at all: a server of one's own may need no key. */
    boolean isUsable() {
        return kind == Kind.OPENAI || hasKey();
    }

    boolean hasKey() {
        return !apiKey.isBlank();
    }

    /** Never shows the key. */
    @Override
    public String toString() {
        return "UpstreamProperties[name=" + name + ", kind=" + kind + ", baseUrl=" + baseUrl + ", apiKey="
                + (hasKey() ? "set" : "none") + ", models=" + models + "]";
    }

    private static void require(boolean holds, String rule, Number value) {
        if (!holds) {
            throw new IllegalArgumentException("gateway.upstreams[]." + rule + ", was " + value);
        }
    }
}
