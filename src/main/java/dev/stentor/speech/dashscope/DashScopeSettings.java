package dev.stentor.speech.dashscope;

import dev.stentor.speech.http.ServiceAddress;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Where and how the service is called. Never shows the key.
 *
 * @param baseUrl http or https, up to and including {@code /api/v1}; a final slash is the same as none
 * @param apiKey the secret of the account and region
 * @param workspace sent as a header; null means the key's default workspace
 * @param defaultModel for requests that name none
 * @param defaultVoice for requests that name none
 * @param connectTimeout for a TCP connection, and for a free place among the connections
 * @param silence how long the service may send nothing while sound is asked for. Runs from the subscription on, so that
 *     it should be longer than {@code connectTimeout}
 * @param connections how many requests may be under way at once; twice as many more may wait for a place
 * @param receiveBufferBytes what the kernel may hold of one answer that nobody reads (it rounds up); one second of
 *     speech is 64,000 bytes on the wire
 * @param eventBytes the largest event that is understood, 1 KiB to 16 MiB
 */
public record DashScopeSettings(
        URI baseUrl,
        String apiKey,
        @Nullable String workspace,
        String defaultModel,
        String defaultVoice,
        Duration connectTimeout,
        Duration silence,
        int connections,
        int receiveBufferBytes,
        int eventBytes) {

    private static final int LARGEST_EVENT_BYTES = 16 << 20;

    public DashScopeSettings {
        var _ = new ServiceAddress(baseUrl);
        require(isHeaderValue(apiKey), "apiKey must be printable ASCII without spaces");
        require(workspace == null || isHeaderValue(workspace), "workspace must be printable ASCII without spaces");
        require(!defaultModel.isBlank(), "defaultModel must not be blank");
        require(!defaultVoice.isBlank(), "defaultVoice must not be blank");
        require(connectTimeout.isPositive(), "connectTimeout must be positive, was " + connectTimeout);
        require(silence.isPositive(), "silence must be positive, was " + silence);
        require(connections > 0, "connections must be positive, was " + connections);
        require(receiveBufferBytes > 0, "receiveBufferBytes must be positive, was " + receiveBufferBytes);
        require(
                eventBytes >= 1 << 10 && eventBytes <= LARGEST_EVENT_BYTES,
                "eventBytes must be between 1,024 and 16,777,216, was " + eventBytes);
    }

    /**
     * {@code qwen3-tts-flash} and Cherry; 10 s to connect, 30 s of silence, 64 connections, 256 KiB unread, 8 MiB an
     * event.
     */
    public static DashScopeSettings of(URI baseUrl, String apiKey) {
        return new DashScopeSettings(
                baseUrl,
                apiKey,
                null,
                "qwen3-tts-flash",
                "Cherry",
                Duration.ofSeconds(10),
                Duration.ofSeconds(30),
                64,
                256 << 10,
                8 << 20);
    }

    @Override
    public String toString() {
        return "DashScopeSettings[baseUrl=" + baseUrl + ", workspace=" + workspace + ", defaultModel=" + defaultModel
                + ", defaultVoice=" + defaultVoice + ", connectTimeout=" + connectTimeout + ", silence=" + silence
                + ", connections=" + connections + ", receiveBufferBytes=" + receiveBufferBytes + ", eventBytes="
                + eventBytes + "]";
    }

    private static boolean isHeaderValue(String value) {
        return !value.isEmpty() && value.chars().allMatch(character -> character > ' ' && character < 0x7F);
    }

    private static void require(boolean holds, String rule) {
        if (!holds) {
            throw new IllegalArgumentException(rule);
        }
    }
}
