package dev.stentor.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stentor.access.NewKey;
import dev.stentor.usage.LocalQuotas;
import dev.stentor.usage.UsageStats;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules of access as they are configured, and the starts that they forbid. */
class AccessStartIT {

    private static final String LINE = NewKey.named("studio").line();

    private final AccessConfiguration configuration = new AccessConfiguration();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream error = new ByteArrayOutputStream();

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "", "192.0.2.1", "::"})
    void withoutRulesItDoesNotStartOutsideLoopbackUnlessToldSo(String address) {
        assertThatThrownBy(() -> configuration.apiKeys(Bound.bind(Map.of()), address))
                .isInstanceOf(AccessRulesAnalyzer.UnusableRules.class)
                .hasMessageContaining("everybody could speak and listen");
        assertStarts(address, Map.of("gateway.access.open", "true"));
        assertStarts(address, Map.of("gateway.access.keys[0]", LINE));
        assertStarts(address, Map.of("gateway.access.anonymous.listen", "lobby"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "::1", "localhost"})
    void onLoopbackItStartsWithoutRules(String address) {
        assertStarts(address, Map.of());
    }

    @Test
    void aKeyInTheConfigurationItselfIsRefusedAndNotShown() {
        String key = NewKey.named("studio").key();
        var properties = Bound.bind(Map.of("gateway.access.keys[0]", "studio " + key + " listen=*"));
        assertThat(properties.toString()).doesNotContain(key);
        assertThatThrownBy(() -> configuration.apiKeys(properties, "127.0.0.1"))
                .isInstanceOf(AccessRulesAnalyzer.UnusableRules.class)
                .hasMessageContaining("keep its hash here")
                .hasMessageNotContaining(key);
    }

    @ParameterizedTest(name = "{0}={1}")
    @CsvSource({
        "gateway.access.anonymous.listen, a/b, a pattern of channels",
        "gateway.access.jwt.keys, https://id.example/keys, tokens need",
        "gateway.access.jwt.keys, /keys, tokens need",
    })
    void otherWrongRulesAreNamedToo(String key, String value, String message) {
        GatewayProperties properties = Bound.bind(Map.of(key, value));
        assertThatThrownBy(() -> {
                    var keys = configuration.apiKeys(properties, "127.0.0.1");
                    var quotas = new LocalQuotas(InstantSource.system(), () -> 0, null, UsageStats.NONE);
                    var _ = configuration.access(
                            properties, keys, configuration.tickets(properties, null), new CallerQuotas(quotas));
                })
                .isInstanceOf(AccessRulesAnalyzer.UnusableRules.class)
                .hasMessageContaining(message);
    }

    @Test
    void theCommandShowsAKeyAndItsLine() {
        assertThat(run("--new-key=studio")).contains(0);
        assertThat(out.toString(StandardCharsets.UTF_8))
                .containsPattern("(?m)^ {2}stk_[A-Za-z0-9_-]{43}$")
                .containsPattern("(?m)^ {2}studio sha256:[0-9a-f]{64} listen=\\* speak=\\* manage=\\*$");
        assertThat(run("--new-key=../x")).contains(2);
        assertThat(error.toString(StandardCharsets.UTF_8)).contains("a key's name has");
        assertThat(run("--server.port=0")).isEmpty();
    }

    private Optional<Integer> run(String argument) {
        return KeyCommand.run(
                new String[] {argument},
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(error, true, StandardCharsets.UTF_8));
    }

    private void assertStarts(String address, Map<String, String> settings) {
        GatewayProperties properties = Bound.bind(new HashMap<>(settings));
        assertThatCode(() -> configuration.apiKeys(properties, address)).doesNotThrowAnyException();
    }
}
