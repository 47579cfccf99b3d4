package dev.stentor.app;

import dev.stentor.audio.SpeechTime;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of one upstream in {@code gateway.upstreams}, a list in order of preference.
 *
 * @param name name in logs and health; must be given
 * @param kind API of the upstream; default dashscope
 * @param baseUrl address; default that of the service in Beijing
 * @param apiKey key, set by the environment only; empty means that an upstream of kind dashscope is left out
 * @param workspace workspace that is sent with each request; null means none
 * @param models models that are requested from this upstream, its default first; empty means all
 * @param maxConcurrent largest number of calls at once, must be positive; default 32
 * @param requestsPerSecond largest number of calls begun in a second, at least 0.001; default 3; 0 means no limit
 * @param maxWaiting largest number of requests that wait for a call; default 100; 0 means that none may wait
 * @param tries largest number of calls for one request, must be positive; default 3
 * @param openai settings of upstreams of kind openai
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
     * Settings that only servers with OpenAI's speech API need.
     *
     * @param voice voice that is requested if a request names none; default alloy
     * @param modelNames the server's names of models by those of requests; other names are passed on unchanged; default empty
     * @param voiceNames the server's names of voices by those of requests; other names are passed on unchanged; default empty
     * @param languageMember member of the request that carries the language; default empty, which means that it is not sent
     * @param extra further members of each request, such as {@code stream}; a value is JSON if it parses, else text; default
     *     empty
     * @param rate sample rate of PCM whose content type gives none, in Hz; default 24,000
     * @param speed whether the server speaks at the {@code speed} of a request; default false, which means that the gateway
     *     changes the speed
     */
    record OpenAi(
            @DefaultValue("alloy") String voice,
            @DefaultValue Map<String, String> modelNames,
            @DefaultValue Map<String, String> voiceNames,
            @DefaultValue("") String languageMember,
            @DefaultValue Map<String, String> extra,
            @DefaultValue("24000") int rate,
            @DefaultValue("false") boolean speed) {

        static final OpenAi NONE =
                new OpenAi("alloy", Map.of(), Map.of(), "", Map.of(), SpeechTime.SAMPLES_PER_SECOND, false);
    }

    /** The API of an upstream. */
    enum Kind {
        /** Qwen-TTS over server-sent events. */
        DASHSCOPE,
        /** OpenAI's speech API, which many self-hosted servers offer. */
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

    /** Tells whether requests can be sent to it: an upstream of kind openai needs no key. */
    boolean isUsable() {
        return kind == Kind.OPENAI || hasKey();
    }

    /** Tells whether it speaks at the speed of a request by itself. */
    boolean changesSpeed() {
        return kind == Kind.OPENAI && openai.speed();
    }

    /** Tells whether a key is set. */
    boolean hasKey() {
        return !apiKey.isBlank();
    }

    /** Returns the main values without the key. */
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
