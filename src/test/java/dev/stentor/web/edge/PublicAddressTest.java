package dev.stentor.web.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;

class PublicAddressTest {

    private static final MockServerHttpRequest REQUEST =
            MockServerHttpRequest.post("http://speech.local:8080/api/v1/x?y=z").build();

    @Test
    void unconfiguredItIsWhatTheRequestWasSentTo() {
        assertThat(new PublicAddress(null).of(REQUEST, "/v1/audio/a.wav?Expires=1"))
                .isEqualTo(URI.create("http://speech.local:8080/v1/audio/a.wav?Expires=1"));
    }

    @Test
    void configuredItMayHaveAPathOfItsOwn() {
        assertThat(new PublicAddress(URI.create("https://example.org/tts/")).of(REQUEST, "/v1/audio/a.wav"))
                .isEqualTo(URI.create("https://example.org/tts/v1/audio/a.wav"));
    }

    @Test
    void anAddressWithoutAHostIsRefused() {
        assertThatThrownBy(() -> new PublicAddress(URI.create("/tts")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("/tts");
    }
}
