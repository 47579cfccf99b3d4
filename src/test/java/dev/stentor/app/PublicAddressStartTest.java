package dev.stentor.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stentor.app.PublicAddressAnalyzer.MissingPublicAddress;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The address that links begin with, and the starts without one that are refused. */
class PublicAddressStartTest {

    private final ArchiveConfiguration configuration = new ArchiveConfiguration();

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "", "192.0.2.1", "::"})
    void outsideLoopbackItDoesNotStartWithoutAPublicAddressUnlessToldSo(String address) {
        assertThatThrownBy(() -> start(Map.of("gateway.access.open", "true"), address))
                .isInstanceOf(MissingPublicAddress.class);
        assertThatCode(() -> start(Map.of("gateway.api.public-address", "https://tts.example"), address))
                .doesNotThrowAnyException();
        assertThatCode(() -> start(Map.of("gateway.api.trust-host", "true"), address))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "::1", "localhost"})
    void onLoopbackItStartsWithoutOne(String address) {
        assertThatCode(() -> start(Map.of(), address)).doesNotThrowAnyException();
    }

    @Test
    void theRefusalSaysWhatToSet() {
        var shown = Objects.requireNonNull(
                new PublicAddressAnalyzer().analyze(new MissingPublicAddress(new BoundAddress(""))));
        assertThat(shown.getDescription()).contains("server.address is any address", "gateway.api.public-address");
        assertThat(shown.getAction()).contains("gateway.api.public-address", "gateway.api.trust-host=true");
    }

    private void start(Map<String, String> settings, String address) throws Exception {
        var _ = configuration.publicAddress(Bound.bind(settings), address);
    }
}
