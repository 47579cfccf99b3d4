package dev.stentor.speech.openai;

import dev.stentor.audio.PcmFormat;
import dev.stentor.audio.Resampler;
import dev.stentor.speech.http.ServiceAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Map;

/**
 * The settings for calls to a server. {@code toString()} does not contain the key.
 *
 * @param baseUrl http or https, up to and including {@code /v1}; a final slash is the same as none
 * @param apiKey sent as a bearer token; empty means none
 * @param defaultModel model of requests that name none; empty leaves the member out, which some servers allow
 * @param defaultVoice voice of requests that name none
 * @param models the server's name for each requested model; a name that is not here is sent unchanged
 * @param voices the server's name for each requested voice; a name that is not here is sent unchanged
 * @param languageMember name of the member for {@code language_type}; empty if the server has none
 * @param extra further members of each request, such as {@code stream_format=audio}. A value is JSON if it can be parsed as JSON,
 *     else text; {@code null} removes a member that would be sent otherwise
 * @param rateHz sample rate of sound for which the server gives none
 * @param connectTimeout longest wait for a TCP connection, and for a free connection of the pool
 * @param silence longest time in which the server may send nothing while sound is requested; longer than {@code connectTimeout}
 * @param connections most requests at once; twice as many more may wait for a connection
 * @param receiveBufferBytes most bytes of an unread answer in the kernel (which rounds up)
 * @param eventBytes size of the largest event that is accepted, 1 KiB to 16 MiB
 */
public record OpenAiSettings(
        URI baseUrl,
        String apiKey,
        String defaultModel,
        String defaultVoice,
        Map<String, String> models,
        Map<String, String> voices,
        String languageMember,
        Map<String, String> extra,
        int rateHz,
        Duration connectTimeout,
        Duration silence,
        int connections,
        int receiveBufferBytes,
        int eventBytes) {

    private static final int LARGEST_EVENT_BYTES = 16 << 20;

    public OpenAiSettings {
        var _ = new ServiceAddress(baseUrl);
        require(
                apiKey.chars().allMatch(character -> character > ' ' && character < 0x7F),
                "apiKey must be printable ASCII without spaces");
        require(!defaultVoice.isBlank(), "defaultVoice must not be blank");
        models = Map.copyOf(models);
        voices = Map.copyOf(voices);
        extra = Map.copyOf(extra);
        require(!extra.containsKey("input") && !languageMember.equals("input"), "extra must not set the input");
        require(Resampler.RATES_HZ.contains(rateHz), "rateHz must be one of " + Resampler.RATES_HZ + ", was " + rateHz);
        require(connectTimeout.isPositive(), "connectTimeout must be positive, was " + connectTimeout);
        require(silence.isPositive(), "silence must be positive, was " + silence);
        require(connections > 0, "connections must be positive, was " + connections);
        require(receiveBufferBytes > 0, "receiveBufferBytes must be positive, was " + receiveBufferBytes);
        require(
                eventBytes >= 1 << 10 && eventBytes <= LARGEST_EVENT_BYTES,
                "eventBytes must be between 1,024 and 16,777,216, was " + eventBytes);
    }

    /**
     * Returns the defaults: {@code tts-1} and alloy, no maps and no further members; 24 kHz, 10 s to connect, 30 s of silence,
     * 64 connections, 256 KiB unread, 8 MiB an event.
     */
    public static OpenAiSettings of(URI baseUrl, String apiKey) {
        return new OpenAiSettings(
                baseUrl,
                apiKey,
                "tts-1",
                "alloy",
                Map.of(),
                Map.of(),
                "",
                Map.of(),
                PcmFormat.SPEECH.sampleRateHz(),
                Duration.ofSeconds(10),
                Duration.ofSeconds(30),
                64,
                256 << 10,
                8 << 20);
    }

    @Override
    public String toString() {
        return "OpenAiSettings[baseUrl=" + baseUrl + ", apiKey=" + (apiKey.isEmpty() ? "none" : "set")
                + ", defaultModel=" + defaultModel + ", defaultVoice=" + defaultVoice + ", extra=" + extra.keySet()
                + ", rateHz=" + rateHz + "]";
    }

    private static void require(boolean holds, String rule) {
        if (!holds) {
            throw new IllegalArgumentException(rule);
        }
    }
}
