package dev.stentor.speech.dashscope;

import dev.stentor.speech.http.ServiceAddress;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The settings for calls to the service. {@code toString()} does not contain the key.
 *
 * @param baseUrl http or https, up to and including {@code /api/v1}; a final slash is the same as none
 * @param apiKey the secret of the account and region
 * @param workspace sent as a header; null means the key's default workspace
 * @param defaultModel model of requests that name none
 * @param defaultVoice voice of requests that name none
 * @param connectTimeout longest wait for a TCP connection, and for a free connection of the pool
 * @param silence longest time in which the service may send nothing while sound is requested. It runs from the subscription on,
 *     so it should be longer than {@code connectTimeout}
 * @param connections most requests at once; twice as many more may wait for a connection
 * @param receiveBufferBytes most bytes of an unread answer in the kernel (which rounds up); one second of speech is 64,000 bytes
 *     on the wire
 * @param eventBytes size of the largest event that is accepted, 1 KiB to 16 MiB
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
     * Returns the defaults: {@code qwen3-tts-flash} and Cherry; 10 s to connect, 30 s of silence, 64 connections, 256 KiB unread,
     * 8 MiB an event.
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
