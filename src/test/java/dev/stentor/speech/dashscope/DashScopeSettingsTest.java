package dev.stentor.speech.dashscope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class DashScopeSettingsTest {

    private static final URI BASE = URI.create("https://speech.example/api/v1");
    private static final String KEY = "sk-very-secret";

    @Test
    void defaults() {
        assertThat(DashScopeSettings.of(BASE, KEY))
                .isEqualTo(new DashScopeSettings(
                        BASE,
                        KEY,
                        null,
                        "qwen3-tts-flash",
                        "Cherry",
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(30),
                        64,
                        262_144,
                        8_388_608));
    }

    @Test
    void theKeyIsNotShown() {
        assertThat(DashScopeSettings.of(BASE, KEY).toString())
                .contains("speech.example")
                .doesNotContain(KEY);
    }

    @Test
    void wrongValuesAreRefusedWithoutShowingSecrets() {
        refused("https:///api/v1", KEY, "baseUrl");
        refused("ftp://speech.example/", KEY, "baseUrl");
        refused("relative", KEY, "baseUrl");
        refused("https://user:" + KEY + "@speech.example/", KEY, "baseUrl");
        refused("https://speech.example/?key=" + KEY, KEY, "baseUrl");
        refused("https://speech.example/#part", KEY, "baseUrl");
        refused(BASE.toString(), "", "apiKey");
        refused(BASE.toString(), KEY + "\r\nEvil: yes", "apiKey");
        refused(BASE.toString(), KEY + "\u00E9", "apiKey");
    }

    @Test
    void wrongNumbersAreRefused() {
        refused(Duration.ZERO, Duration.ofSeconds(1), 1, 1, 1_024, "connectTimeout");
        refused(Duration.ofSeconds(1), Duration.ofSeconds(-1), 1, 1, 1_024, "silence");
        refused(Duration.ofSeconds(1), Duration.ofSeconds(1), 0, 1, 1_024, "connections");
        refused(Duration.ofSeconds(1), Duration.ofSeconds(1), 1, 0, 1_024, "receiveBufferBytes");
        refused(Duration.ofSeconds(1), Duration.ofSeconds(1), 1, 1, 1_023, "eventBytes");
        refused(Duration.ofSeconds(1), Duration.ofSeconds(1), 1, 1, (16 << 20) + 1, "eventBytes");
    }

    private static void refused(String baseUrl, String key, String field) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DashScopeSettings.of(URI.create(baseUrl), key))
                .withMessageStartingWith(field)
                .satisfies(refused -> assertThat(refused.toString()).doesNotContain(KEY));
    }

    private static void refused(
            Duration connect, Duration silence, int connections, int receiveBufferBytes, int eventBytes, String field) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new DashScopeSettings(
                        BASE,
                        KEY,
                        "ws",
                        "model",
                        "voice",
                        connect,
                        silence,
                        connections,
                        receiveBufferBytes,
                        eventBytes))
                .withMessageStartingWith(field);
    }
}
